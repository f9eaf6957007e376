"use strict";
// As in a messenger: Enter sends, Shift and Enter begins a line. While a word is
// being composed, Enter ends that.
document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || box.id !== "question") return;
  event.preventDefault();
  box.form.requestSubmit();
});
