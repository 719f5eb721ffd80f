/* "Kopiér henvisning" at every instruction: its text, address and the day, into the clipboard. Without this script the
   permalink beside the heading does the work. */

const status = document.createElement("p");
status.className = "sr-only";
status.setAttribute("role", "status");

/** The reference of one instruction: "Skal: Titel\nPage title, Hjemvej, address, læst 2. marts 2026". */
function reference(instruction) {
  const { obligation, title } = instruction.dataset;
  const page = document.querySelector("h1").textContent.trim();
  const address = document.querySelector("link[rel=canonical]").href + "#" + instruction.id;
  const day = new Date().toLocaleDateString("da-DK", { day: "numeric", month: "long", year: "numeric" });
  return `${obligation}: ${title}\n${page}, Hjemvej, ${address}, læst ${day}`;
}

function addButton(instruction) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Kopiér henvisning";
  button.setAttribute("aria-label", `Kopiér henvisning til: ${instruction.dataset.title}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(reference(instruction));
      status.textContent = `Henvisningen til »${instruction.dataset.title}« er kopieret.`;
      button.textContent = "Kopieret";
    } catch {
      status.textContent = "Henvisningen kunne ikke kopieres.";
      button.textContent = "Kunne ikke kopieres";
    }
  });
  instruction.querySelector(".side").append(button);
}

const instructions = document.querySelectorAll(".instruction[data-title]");
if (instructions.length && navigator.clipboard) {
  document.body.append(status);
  instructions.forEach(addButton);
}
