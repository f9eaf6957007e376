// Importing: files dropped anywhere on the form, a look at them before they are sent,
// and how far sending is. Without it the form is sent as it is.
(() => {
  const form = document.querySelector("form.intake");
  if (!form) return;
  const zone = form.querySelector(".drop"), input = form.querySelector("input[multiple]"), list = form.querySelector(".chosen");
  const said = form.querySelector("p.sending"), bar = form.querySelector("progress.sending");
  const megabyte = 1 << 20, limit = (name) => Number(form.dataset[name]);
  const say = (text) => { said.hidden = false; said.textContent = text; };
  const chosen = () => [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]);

  const wrong = () => {
    const files = chosen(), large = files.find((file) => file.size > limit("file") * megabyte);
    if (files.length > limit("files")) return `选了 ${files.length} 个文件，一次最多 ${limit("files")} 个。请分几次导入。`;
    if (large) return `“${large.name}”超过 ${limit("file")} MB。请拆开，或删去里面的图片。`;
    if (files.reduce((sum, file) => sum + file.size, 0) > limit("all") * megabyte) return `这些文件一共超过 ${limit("all")} MB。请分几次导入。`;
    return "";
  };
  const show = () => {
    list.replaceChildren(...chosen().map((file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name}（${file.size < megabyte ? Math.ceil(file.size / 1024) + " KB" : (file.size / megabyte).toFixed(1) + " MB"}）`;
      return item;
    }));
    const text = wrong();
    if (text) say(text); else said.hidden = true;
  };
  form.addEventListener("change", show);

  // Folders that are dropped are gone through; what else is dropped are files.
  const filesOf = async (entry) => {
    if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return found;
      for (const one of some) found.push(...await filesOf(one));
    }
  };
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const all = new DataTransfer();
    for (const file of input.files) all.items.add(file);
    try {
      const dropped = entries.length ? (await Promise.all(entries.map(filesOf))).flat() : [...event.dataTransfer.files];
      for (const file of dropped) all.items.add(file);
    } catch { return say("拖进来的文件读不到，请改用“选文件”。"); }
    input.files = all.files;
    show();
  });

  form.addEventListener("submit", (event) => {
    const text = wrong();
    event.preventDefault();
    event.stopPropagation();
    if (text) return say(text);
    const button = form.querySelector("button:not([type])"), request = new XMLHttpRequest();
    button.disabled = true;
    bar.hidden = false;
    say("正在上传……");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) { bar.value = 100 * event.loaded / event.total; say(`正在上传，${Math.floor(bar.value)}%`); }
    };
    request.upload.onload = () => say("传完了，正在收下……");
    const ended = (text) => { button.disabled = false; bar.hidden = true; say(text); };
    request.onerror = () => ended("没有传完就断了，什么也没有留下。请检查网络，再试一次。");
    request.onload = () => {
      if (new URL(request.responseURL).pathname !== "/import") { location.assign(request.responseURL); return; }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".wrong");
      ended(answer ? answer.textContent : "没有办成，请再试一次。");
    };
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
})();
