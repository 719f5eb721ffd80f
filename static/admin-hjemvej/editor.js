// The Markdown editor. Loaded before markdownx's script, whose listeners on the editor it comes before:
// Tab must move on (a keyboard user would be caught in the field).
// The preview is a document of its own with the style sheets of the public pages, so that it looks as they do.
"use strict";

(() => {
  const NO_PREVIEW = "Forhåndsvisningen kan ikke hentes lige nu. Din tekst er her stadig.";

  const editorOf = (event) =>
    event.target instanceof Element ? event.target.closest(".markdownx-editor") : null;

  const say = (editor, message) => {
    const box = editor.closest(".markdownx");
    let note = box.querySelector(".editor-note");
    if (!note) {
      note = document.createElement("p");
      note.className = "editor-note";
      note.setAttribute("role", "status");
      box.prepend(note);
    }
    note.textContent = message;
  };

  const keepKeys = (event) => {
    const isShortcut = (event.ctrlKey || event.metaKey) && ["d", "[", "]"].includes(event.key);
    if (editorOf(event) && (event.key === "Tab" || isShortcut)) event.stopImmediatePropagation();
  };

  // The frame may run no scripts and go nowhere by itself; its links open beside the form.
  const addFrame = (preview, styles) => {
    const frame = document.createElement("iframe");
    const sheets = styles.map((address) => `<link rel="stylesheet" href="${address}">`).join("");
    frame.title = "Forhåndsvisning";
    frame.className = "preview-frame";
    frame.setAttribute("sandbox", "allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    frame.srcdoc =
      `<!DOCTYPE html><html lang="da"><head><title>Forhåndsvisning</title>${sheets}</head>` +
      `<body><main class="wrap"><h1 class="sr-only">Forhåndsvisning</h1><div id="text"></div></main></body></html>`;
    preview.hidden = true;
    // Behind the list of problems, so that a list that grows never moves the text.
    preview.closest(".text-editor").append(frame);
    return frame;
  };

  const show = (frame, preview) => {
    const page = frame.contentDocument;
    const place = page && page.getElementById("text");
    const text = preview.querySelector(".text-page");
    if (!place || !text) return;
    place.innerHTML = text.innerHTML;
    for (const link of place.querySelectorAll("a:not([href^='#'])")) {
      link.target = "_blank";
      link.rel = "noopener";
    }
  };

  window.addEventListener("keydown", keepKeys, true);

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll(".markdownx")) {
      const editor = box.querySelector(".markdownx-editor");
      const preview = box.querySelector(".markdownx-preview");
      const frame = addFrame(preview, editor.dataset.previewStyles.split(" "));
      frame.addEventListener("load", () => show(frame, preview));
      box.addEventListener("markdownx.updateError", () => say(editor, NO_PREVIEW));
      box.addEventListener("markdownx.update", () => {
        show(frame, preview);
        say(editor, "");
      });
    }
  });
})();
