/** Scripts that let a shell complete the command line: they ask the program itself for what may come next. */
import { A_FILE } from "./completion-words.js";

/** Shells that have one. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** One of {@link SHELLS}. */
export type Shell = (typeof SHELLS)[number];

/** What a shell reads to complete `retl-meta`. Files and folders are found by the shell, in its own way. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell];
}

const SCRIPTS: Readonly<Record<Shell, string>> = {
  // An empty answer falls back to files by `-o default`. Bash 3, that of macOS, cannot take that back: no `compopt`.
  bash: `_retl_meta() {
  local IFS=$'\\n'
  COMPREPLY=($(retl-meta completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  if [[ \${COMPREPLY[0]} == "${A_FILE}" ]]; then COMPREPLY=()
  else compopt +o default 2>/dev/null; fi
}
complete -o default -F _retl_meta retl-meta
`,
  // Found in a folder of `$fpath`, the file is itself the function that is asked the first time.
  zsh: `#compdef retl-meta
_retl_meta() {
  local -a offered
  offered=("\${(@f)$(retl-meta completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "\${offered[1]}" == "${A_FILE}" ]]; then
    [[ "$PREFIX" == --*=* ]] && compset -P 1 '*='
    _files
  elif [[ -n "\${offered[1]}" ]]; then compadd -- "\${offered[@]}"; fi
}
if [[ "\${funcstack[1]}" == _retl-meta ]]; then _retl_meta; else compdef _retl_meta retl-meta; fi
`,
  fish: `function __retl_meta_offered
  set -l offered (retl-meta completion words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
  if test "$offered" = "${A_FILE}"
    set -l before (string match -r '^--[^=]+=' -- (commandline -ct); or echo '')
    printf '%s\\n' $before(__fish_complete_path (string replace -r '^--[^=]+=' '' -- (commandline -ct)))
  else
    printf '%s\\n' $offered
  end
end
complete -c retl-meta -f -a '(__retl_meta_offered)'
`,
};
