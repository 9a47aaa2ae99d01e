// The chat page with a script: bubbles arrive without a new page, and what was typed is never lost.
// Inside a frame the talk's token lives in this variable only.
let token = "";
let idle = 0;

function takeToken() {
  const talk = document.querySelector("[data-token]");
  if (talk) {
    token = talk.dataset.token;
    talk.removeAttribute("data-token");
  }
}

function leaveWhenIdle() {
  // On a shared device the next one there must not read the talk; the service has ended it by then.
  clearTimeout(idle);
  const talk = document.querySelector("[data-idle-minutes]");
  if (talk) idle = setTimeout(showWayIn, Number(talk.dataset.idleMinutes) * 60_000);
}

function showWayIn() {
  // A frame was opened on its own start page, and loses the token with the page.
  if (window.parent === window) location.replace("/");
  else location.reload();
}

function openLinksOutside(root) {
  // The school's site may show the chat in its frame, and no other page.
  if (window.parent === window) return;
  for (const link of root.querySelectorAll("a[href]:not([href^='#'])")) link.target = "_blank";
}

function prepareForms(root) {
  openLinksOutside(root);
  for (const form of root.querySelectorAll("form[data-chat]")) {
    form.setAttribute("hx-post", form.getAttribute("action"));
    form.setAttribute("hx-target", "#log");
    form.setAttribute("hx-swap", "beforeend");
    form.setAttribute("hx-indicator", "#busy");
    // A second tap while the first is on its way is no second message.
    form.setAttribute("hx-sync", "this:drop");
    htmx.process(form);
  }
}

function showEnd() {
  // The box sticks to the edge of the window, so it cannot show where the talk ends. A long answer is read from its start.
  const own = [...document.querySelectorAll(".bubble.pupil")].pop();
  if (own) own.scrollIntoView({ block: "start" });
  else if (document.getElementById("log")) window.scrollTo(0, document.body.scrollHeight);
}

function moveCodeFromAddress() {
  // A QR carries the code after "#", so that no server log holds it.
  const field = document.getElementById("code");
  if (field && location.hash.length > 1) {
    field.value = decodeURIComponent(location.hash.slice(1));
    history.replaceState(null, "", location.pathname + location.search);
  }
}

function start() {
  takeToken();
  prepareForms(document);
  moveCodeFromAddress();
  leaveWhenIdle();
  showEnd();
}

document.addEventListener("DOMContentLoaded", start);

document.addEventListener("htmx:configRequest", (event) => {
  if (token) event.detail.headers.Authorization = `Bearer ${token}`;
  else if (window.parent !== window) event.detail.headers["X-Klaskompas-Frame"] = "1";
});

document.addEventListener("htmx:beforeSwap", (event) => {
  // A failure is shown as a bubble as well.
  if (event.detail.xhr.status >= 400) event.detail.shouldSwap = true;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  const id = form.querySelector?.("[name=message_id]");
  if (!id) return;
  if (event.detail.successful) {
    leaveWhenIdle();
    id.value = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
    const box = form.querySelector("#text");
    // Words typed in the meantime stay.
    if (box && box.value === event.detail.requestConfig.parameters.text) box.value = "";
    // Choices of an earlier question would answer the wrong one.
    for (const old of document.querySelectorAll(".bubble > .choices")) {
      if (!old.closest(".bubble:last-child")) old.remove();
    }
  } else if (event.detail.xhr.status === 409 && window.parent === window) {
    // It was answered before, unheard: the page shows what was said then, and takes a new message.
    return location.reload();
  } else if (!event.detail.xhr.status) {
    htmx.find("#log").insertAdjacentHTML(
      "beforeend",
      '<div class="bubble assistant failure"><p class="said">Er is geen verbinding. Je tekst staat nog in het vak.</p></div>',
    );
  }
  document.getElementById("text")?.focus({ preventScroll: true });
  showEnd();
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === document.body) return start();
  prepareForms(event.detail.target);
  showEnd();
});
