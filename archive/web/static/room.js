// A button that copies a citation. Without this script the text can be selected all the same.
for (const text of document.querySelectorAll("pre[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.setAttribute("aria-live", "polite");
  button.textContent = text.dataset.copy;
  button.setAttribute("aria-describedby", text.getAttribute("aria-labelledby"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = text.dataset.copied;
      setTimeout(() => { button.textContent = text.dataset.copy; }, 2000);
    } catch { // no clipboard over plain http, or none allowed: leave the text selected for the reader to copy
      getSelection().selectAllChildren(text);
    }
  });
  text.before(button);
}
