/** Scripts that let a shell complete the command line: they ask the program itself for what may come next. */

/** Shells that have one. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** One of {@link SHELLS}. */
export type Shell = (typeof SHELLS)[number];

/** What a shell reads to complete `retl-meta`. Where nothing is offered, the shell offers files. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell];
}

const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `_retl_meta() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(retl-meta completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _retl_meta retl-meta
`,
  zsh: `#compdef retl-meta
_retl_meta() {
  local -a offered
  offered=("\${(@f)$(retl-meta completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${offered[1]}" ]]; then compadd -- "\${offered[@]}"; else _files; fi
}
compdef _retl_meta retl-meta
`,
  fish: `complete -c retl-meta -a '(retl-meta completion words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
};
