// What is wrong with the text, beside it: comes with each preview. A changed summary is announced, the list is not; a
// line's link goes to that line in the text.

/** Where line `number` begins in the text, as a selection of that line. */
function rangeOf(text, number) {
  const lines = text.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  return [start, start + (lines[number - 1] ?? "").length];
}

/** How far down in the field its first `text` reaches: measured on a copy, for lines wrap. */
function heightOf(editor, text) {
  const copy = document.createElement("div");
  const style = getComputedStyle(editor);
  for (const name of ["font", "lineHeight", "letterSpacing", "paddingLeft", "paddingRight", "boxSizing"])
    copy.style[name] = style[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap" });
  copy.style.overflowWrap = "break-word";
  copy.style.width = `${editor.clientWidth}px`;
  copy.textContent = text;
  document.body.append(copy);
  const height = copy.offsetHeight;
  copy.remove();
  return height;
}

function goTo(editor, number) {
  const [start, end] = rangeOf(editor.value, number);
  editor.focus({ preventScroll: true });
  editor.setSelectionRange(start, end);
  editor.scrollTop = heightOf(editor, editor.value.slice(0, start)) - editor.clientHeight / 3;
  editor.scrollIntoView({ block: "nearest" });
}

/** The list of the preview that has just come, in its place beside the text. */
function show(box, summary, list) {
  const found = box.querySelector(".markdownx-preview .text-problems");
  if (!found) return;
  if (summary.textContent !== found.dataset.summary) summary.textContent = found.dataset.summary;
  list.replaceChildren(...[...found.children].map((child) => child.cloneNode(true)));
  list.hidden = !list.children.length;
}

for (const box of document.querySelectorAll(".text-editor")) {
  const panel = box.querySelector(".editor-problems");
  const [summary, list] = [panel.querySelector(".problems-summary"), panel.querySelector(".problems-list")];
  panel.hidden = false;
  // Markdownx's events do not rise to the elements above.
  box.querySelector(".markdownx").addEventListener("markdownx.update", () => show(box, summary, list));
}

// Wherever a list of problems stands on the page of the form, after a save too.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".text-problems a[data-line], .problems-list a[data-line]");
  const editor = document.querySelector(".markdownx-editor");
  if (!link || !editor) return;
  event.preventDefault();
  goTo(editor, Number(link.dataset.line));
});
