"use strict";
// A list with boxes to tick by keyboard: j and k move, x ticks, a and d decide, u undoes.
(() => {
  const form = document.querySelector("form[data-keys]");
  const undo = document.querySelector("form[data-undo] button");
  if (!form && !undo) return;
  const boxes = form ? [...form.querySelectorAll("input[name=draft]:enabled")] : [];
  const all = form && form.querySelector("[data-all]");
  document.querySelectorAll("[data-hint], .all").forEach((e) => { e.hidden = false; });
  if (all) all.addEventListener("change", () => { boxes.forEach((b) => { if (!b.closest(".doubt")) b.checked = all.checked; }); });
  const move = (by) => {
    const at = boxes.indexOf(document.activeElement);
    const next = boxes[Math.max(0, Math.min(boxes.length - 1, at < 0 ? 0 : at + by))];
    if (next) { next.focus(); next.closest("li").scrollIntoView({ block: "center" }); }
  };
  const press = (value) => { const b = form && form.querySelector("button[value=" + value + "]"); if (b) b.click(); };
  const keys = {
    j: () => move(1), k: () => move(-1), a: () => press("approve"), d: () => press("decline"), u: () => undo && undo.click(),
    x: () => { if (boxes.includes(document.activeElement)) document.activeElement.checked = !document.activeElement.checked; },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
