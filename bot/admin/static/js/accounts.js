"use strict";
// A link is copied with one press, where the browser lets a page do that.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
        button.textContent = "已复制";
      } catch {
        button.textContent = "没有复制成，请选中链接自己复制";
      }
    });
  }
});
