/* Says on the page when the browser could not read a security key; allauth itself says so only in the console. */

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("key-problem").textContent = "Nøglen blev ikke læst. Prøv igen, eller brug en kode.";
});
