/* "Kopiér henvisning" at every instruction: its text, its identifier, the day and the address, into the clipboard. Without
   this script the permalink beside the heading does the work. */

const status = document.createElement("p");
status.className = "sr-only";
status.setAttribute("role", "status");

/** The words of an instruction, a line for each paragraph and item; its heading is not among them. */
function words(instruction) {
  const blocks = instruction.querySelectorAll(".text > :not(.head), .text li");
  return [...blocks]
    .filter((block) => !block.querySelector("li"))
    .map((block) => block.textContent.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join("\n");
}

/** "Skal: Titel", the words, and "Page title, Hjemvej, anvisning side#anker, læst 2. marts 2026" over the address. */
function reference(instruction) {
  const { obligation, title, id } = instruction.dataset;
  const page = document.querySelector("h1").textContent.trim();
  const address = document.querySelector("link[rel=canonical]").href + "#" + instruction.id;
  const day = new Date().toLocaleDateString("da-DK", { day: "numeric", month: "long", year: "numeric" });
  const place = `${page}, Hjemvej, anvisning ${id}, læst ${day}`;
  return `${obligation}: ${title}\n${words(instruction)}\n\n${place}\n${address}`;
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
