// Says when what waits has changed. It never moves or replaces what is shown: somebody may be about to press a button.
"use strict";
(() => {
  const EVERY_MILLIS = 3000;
  const news = document.getElementById("news");
  if (!news) return;
  const path = news.dataset.path;

  function say(text, link, where) {
    if (news.dataset.said === text) return;
    news.dataset.said = text;
    news.replaceChildren();
    if (!text) return;
    const go = document.createElement("a");
    go.href = where;
    go.textContent = link;
    news.append(text + " ", go);
  }

  /** With nothing to read or answer, and the focus nowhere, the page may go on by itself. */
  function idle() {
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    return nowhere && document.querySelector("article") === null;
  }

  async function look() {
    const answer = await fetch(path + "state", { cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect") return say("You are signed out.", "Sign in", "/");
    if (!answer.ok) throw new Error(answer.status);
    const { state, waiting } = await answer.json();
    if (state === news.dataset.state) return say("");
    if (idle()) return location.reload();
    const calls = waiting === 1 ? "1 call waits now." : waiting + " calls wait now.";
    document.title = calls + " – toolpolicy approvals";
    say("Something has changed: " + calls, "Show", path);
  }

  async function keepLooking() {
    try {
      await look();
    } catch (failure) {
      say("The gateway cannot be reached; what is shown may be out of date.", "Try again", path);
    }
    setTimeout(keepLooking, EVERY_MILLIS);
  }

  setTimeout(keepLooking, EVERY_MILLIS);
})();
