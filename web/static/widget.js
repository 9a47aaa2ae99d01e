// Turns the school's plain link to the chat into a button that opens it in a frame on the same page.
(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const address = `${origin}/?school=${encodeURIComponent(script.dataset.school || "")}`;
  let link = document.querySelector("a[data-klaskompas]");
  if (!link) {
    link = document.createElement("a");
    link.textContent = "Chat over je studiekeuze";
    script.insertAdjacentElement("afterend", link);
  }
  link.href = address;
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");

  let frame = null;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    if (!frame) {
      frame = document.createElement("iframe");
      frame.src = `${address}&frame=1`;
      frame.title = "Klaskompas: chat over je studiekeuze";
      frame.style.cssText = "display:block;width:100%;max-width:30rem;height:40rem;max-height:85vh;border:1px solid #7c878b;border-radius:0.4rem;margin-top:0.75rem";
      link.insertAdjacentElement("afterend", frame);
    } else {
      frame.hidden = !frame.hidden;
      frame.style.display = frame.hidden ? "none" : "block";
    }
    link.setAttribute("aria-expanded", String(!frame.hidden));
  });
})();
