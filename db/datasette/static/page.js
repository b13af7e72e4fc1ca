// A bulletin's cards: which one is open, where its figure stands, lines to the figures it is linked with.
// Without this script the same cards open by their address (:target).
(() => {
  "use strict";
  const side = document.getElementById("the");
  const text = document.getElementById("van-ban");
  if (!side || !text) return;
  document.documentElement.classList.add("js");
  const hint = side.querySelector(".hint");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "wires");
  svg.setAttribute("aria-hidden", "true");
  text.append(svg);
  let open = null;

  const mark = (name) => document.getElementById(name);
  const linked = () => open.dataset.to.split(" ").map(mark).filter(Boolean);

  function wires() {
    svg.replaceChildren();
    if (!open) return;
    const base = text.getBoundingClientRect();
    const middle = (element) => {
      const box = element.getClientRects()[0];
      return [box.left + box.width / 2 - base.left, box.top - base.top, box.bottom - base.top];
    };
    const from = mark(open.dataset.of);
    if (!from) return;
    const [x1, top1, bottom1] = middle(from);
    for (const other of linked()) {
      const [x2, top2, bottom2] = middle(other);
      const below = top2 > top1 + 4;
      const y1 = below ? bottom1 : top1;
      const y2 = below ? top2 : Math.abs(top2 - top1) <= 4 ? top2 : bottom2;
      const bend = Math.abs(top2 - top1) <= 4 ? y1 - 14 - Math.min(Math.abs(x2 - x1) / 12, 18) : (y1 + y2) / 2;
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", `M${x1},${y1} C${x1},${bend} ${x2},${bend} ${x2},${y2}`);
      svg.append(path);
    }
  }

  function close() {
    if (open) open.classList.remove("open");
    open = null;
    text.querySelectorAll(".chosen, .linked").forEach((element) => element.classList.remove("chosen", "linked"));
    hint.hidden = false;
    wires();
  }

  function show(name, scroll, now) {
    const card = document.getElementById("the-" + name);
    if (!card) return false;
    close();
    open = card;
    card.classList.add("open");
    hint.hidden = true;
    side.scrollTop = 0;
    const chosen = mark(name);
    if (chosen) {
      chosen.classList.add("chosen");
      linked().forEach((element) => element.classList.add("linked"));
      if (scroll) chosen.scrollIntoView({ block: "nearest", behavior: now ? "instant" : "auto" });
    }
    wires();
    history.replaceState(null, "", "#" + name);
    return true;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    if (link.matches(".text .n")) {
      if (show(link.id, false)) event.preventDefault();
    } else if (link.dataset.card) {
      if (show(link.dataset.card, true)) {
        event.preventDefault();
        mark(link.dataset.card)?.focus({ preventScroll: true });
      }
    } else if (link.matches(".card .close a")) {
      event.preventDefault();
      const of = mark(open?.dataset.of);
      close();
      of?.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) {
      const of = mark(open.dataset.of);
      close();
      of?.focus();
    }
  });
  window.addEventListener("resize", wires);
  const asked = decodeURIComponent(location.hash.slice(1)).replace(/^the-/, "");
  if (/^[fn]-/.test(asked)) show(asked, true, true);
  window.addEventListener("hashchange", () => {
    const name = decodeURIComponent(location.hash.slice(1)).replace(/^the-/, "");
    if (/^[fn]-/.test(name)) show(name, true);
  });
})();
