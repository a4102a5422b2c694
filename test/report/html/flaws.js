/** Runs in the page: looks at every text that is shown. */
() => {
  const rgb = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [r = 0, g = 0, b = 0] = rgb(color).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (element === null) return "rgb(255, 255, 255)";
    const { backgroundColor } = getComputedStyle(element);
    return rgb(backgroundColor)[3] === 0 ? behind(element.parentElement) : backgroundColor;
  };
  const faint = [];
  const beyond = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const node = walker.currentNode;
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? "";
    if (
      element === null ||
      text === "" ||
      element.closest("svg, thead, details > :not(summary)") !== null
    )
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    if (box.left < 0 || box.right > document.documentElement.clientWidth + 0.5) beyond.push(text);
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < 4.5) faint.push(`${text}: ${ratio.toFixed(2)}`);
  }
  const labels = [...document.querySelectorAll(".scale span, .axis span")];
  const overlapping = labels.flatMap((label, index) => {
    const a = label.getBoundingClientRect();
    return labels
      .slice(index + 1)
      .filter((other) => {
        const b = other.getBoundingClientRect();
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      })
      .map((other) => `${label.textContent ?? ""} on ${other.textContent ?? ""}`);
  });
  const { scrollWidth, clientWidth } = document.documentElement;
  return { faint, beyond, overlapping, wider: scrollWidth - clientWidth };
};
