// Everything works without this file. It adds: buttons that copy, a word while one waits, answers that are
// announced to those who listen, and progress that comes by itself.
(() => {
  "use strict";
  const status = document.getElementById("status");
  const say = (text) => { status.textContent = ""; window.setTimeout(() => { status.textContent = text; }, 100); };

  for (const text of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    const hidden = document.createElement("span");
    hidden.className = "visually-hidden";
    hidden.textContent = " " + text.dataset.copy;
    button.append(hidden);
    button.addEventListener("click", async () => {
      const range = document.createRange();
      range.selectNodeContents(text);
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      try {
        await navigator.clipboard.writeText(text.textContent);
        say("Copied");
      } catch {
        say(document.execCommand("copy") ? "Copied" : "Selected: press Control and C to copy");
      }
    });
    text.after(" ", button, " ");
  }

  for (const link of navigator.share ? document.querySelectorAll("a[data-share]") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Share";
    button.addEventListener("click", async () => {
      try {
        await navigator.share({ title: link.dataset.share, url: link.href });
      } catch {
        say("Not shared");
      }
    });
    link.nextElementSibling.after(" ", button, " ");
  }

  for (const box of document.querySelectorAll("textarea.question")) {
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      box.form.requestSubmit();
    });
  }

  for (const form of document.querySelectorAll("form[data-busy]")) {
    form.addEventListener("submit", () => {
      form.setAttribute("aria-busy", "true");
      say(form.dataset.busy + " …");
    });
  }
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  });

  const announced = document.querySelector("[data-announce]");
  if (announced) say(announced.dataset.announce);
  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();

  const list = document.querySelector(".outline");
  const here = list && list.querySelector("[aria-current]");
  if (here && list.scrollHeight > list.clientHeight) list.scrollTop = here.offsetTop - list.clientHeight / 3;

  const live = document.querySelector("[data-poll]");
  if (live) {
    const again = async () => {
      const here = document.getElementById(live.id);
      try {
        const answer = await fetch(live.dataset.from || window.location.href, { headers: { Accept: "text/html" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(live.id);
        if (fresh && fresh.textContent !== here.textContent && !here.contains(document.activeElement)) {
          const said = fresh.dataset.said;
          if (said && said !== here.dataset.said) say(said);
          here.replaceWith(fresh);
        }
      } catch {
        // The next try may succeed; the page says when it was last loaded.
      }
      if (document.getElementById(live.id).dataset.poll === "on") window.setTimeout(again, 1500);
    };
    if (live.dataset.poll === "on") window.setTimeout(again, 1500);
  }
})();
