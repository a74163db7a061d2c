// Starts the package's components (error summary, upload field, character count, double clicks) and our own progress.
const script = document.querySelector("script[data-package]");

const start = async () => {
  const { initAll } = await import(script.dataset.package);
  initAll();
};

// A page of long work asks how far it is: every 2 s at first, then more slowly.
const poll = (section) => {
  let wait = 2000;
  const ask = async () => {
    const answer = await fetch(section.dataset.poll, { headers: { accept: "application/json" } });
    if (answer.ok) {
      const state = await answer.json();
      const bar = section.querySelector("progress");
      const text = section.querySelector("[data-poll-text]");
      if (state.is_over) return location.reload();
      if (bar) bar.value = state.done;
      if (text && state.all) text.textContent = `已处理 ${state.done} 项，共 ${state.all} 项`;
    }
    wait = Math.min(wait * 1.3, 15000);
    setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
};

start();
document.querySelectorAll("[data-poll]").forEach(poll);
