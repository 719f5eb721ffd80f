// The toolbar above the text: a WAI-ARIA toolbar (one stop for Tab, arrows inside) whose buttons write Markdown at
// the cursor, as typing would, so that undo takes it back.

const INSTRUCTION = (word) => `### ${word}: Kort bydende titel\nAktører: \nPrincipper: \nKilder: \n\nTekst.`;
const TABLE = "| Overskrift | Overskrift |\n| --- | --- |\n| Celle | Celle |\n| Celle | Celle |";
// Below an instruction's heading names stand without brackets.
const NAMES_ONLY = /^(Aktører|Kilder):/;

/** Write `text` over the selection, and select the first `part` in it. */
function write(editor, text, part = "") {
  const start = editor.selectionStart;
  editor.focus();
  // Deprecated, and still the only way into the browser's own undo.
  if (!document.execCommand("insertText", false, text)) {
    editor.setRangeText(text, start, editor.selectionEnd, "end");
    editor.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
  }
  if (part) editor.setSelectionRange(start + text.indexOf(part), start + text.indexOf(part) + part.length);
}

/** Write `text` as a block of its own: with an empty line above and below. */
function writeBlock(editor, text, part) {
  const before = editor.value.slice(0, editor.selectionStart);
  const after = editor.value.slice(editor.selectionEnd);
  const above = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const below = after === "" || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  write(editor, above + text + below, part);
}

const selected = (editor) => editor.value.slice(editor.selectionStart, editor.selectionEnd);
const lineOf = (editor) => editor.value.slice(0, editor.selectionStart).split("\n").pop();

function writeList(editor) {
  const lines = (selected(editor) || "punkt").split("\n");
  writeBlock(editor, lines.map((line) => (line.trim() ? `- ${line.trim()}` : "")).join("\n"), lines[0].trim());
}

const INSERT = {
  skal: (editor) => writeBlock(editor, INSTRUCTION("Skal"), "Kort bydende titel"),
  boer: (editor) => writeBlock(editor, INSTRUCTION("Bør"), "Kort bydende titel"),
  kan: (editor) => writeBlock(editor, INSTRUCTION("Kan"), "Kort bydende titel"),
  bold: (editor) => write(editor, `**${selected(editor) || "fed"}**`, selected(editor) || "fed"),
  list: writeList,
  table: (editor) => writeBlock(editor, TABLE, "Overskrift"),
};

/** Write a reference to what was picked: law as it is cited, a text in brackets. */
function writeReference(editor, { title, slug, link, label }) {
  const shown = selected(editor).trim() || label;
  if (NAMES_ONLY.test(lineOf(editor))) write(editor, slug);
  else if (!link) write(editor, title);
  else write(editor, shown ? `[[${link}|${shown}]]` : `[[${link}]]`);
}

/** Only one button is a stop for Tab; arrows, Home and End go to the others. */
function rove(toolbar) {
  const buttons = [...toolbar.querySelectorAll("button")];
  const stop = (button) => buttons.forEach((each) => (each.tabIndex = each === button ? 0 : -1));
  stop(buttons[0]);
  toolbar.addEventListener("focusin", (event) => stop(event.target.closest("button")));
  toolbar.addEventListener("keydown", (event) => {
    const place = buttons.indexOf(document.activeElement);
    const next = {
      ArrowRight: (place + 1) % buttons.length,
      ArrowLeft: (place + buttons.length - 1) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    buttons[next].focus();
  });
}

for (const box of document.querySelectorAll(".text-editor")) {
  const toolbar = box.querySelector("[role=toolbar]");
  const editor = box.querySelector(".markdownx-editor");
  rove(toolbar);
  toolbar.hidden = false;
  toolbar.addEventListener("click", (event) => {
    const { insert, pick } = event.target.closest("button")?.dataset ?? {};
    if (insert) INSERT[insert](editor);
    // The dialog is a module of its own; it answers with "picked".
    if (pick) box.dispatchEvent(new CustomEvent("pick", { detail: { what: pick, query: selected(editor) } }));
  });
  box.addEventListener("picked", (event) => writeReference(editor, event.detail));
  // What other modules have to write, such as an image.
  box.addEventListener("write", (event) => writeBlock(editor, event.detail));
}
