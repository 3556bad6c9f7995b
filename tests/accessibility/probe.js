// What a page looks like, measured in it. The tests call these by `probe.…`.
globalThis.probe = (() => {
  const words = (element) => element.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
  const told = (element) => `${element.localName}.${element.className} “${words(element)}”`;

  // sRGB as numbers: a canvas knows every way of writing a colour. Lengths of 4: with alpha, 0 to 1.
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colours = new Map();
  const colour = (written) => {
    if (colours.has(written)) return colours.get(written);
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = written;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    colours.set(written, [r, g, b, a / 255]);
    return colours.get(written);
  };
  const over = ([r, g, b, a], ground) =>
    [r, g, b].map((part, i) => part * a + ground[i] * (1 - a));
  // Relative luminance and contrast ratio as WCAG 2.2 defines them.
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((part) => {
      const c = part / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  // The ground that an element stands on; pictures as grounds are left aside.
  const ground = (element) => {
    const own = colour(getComputedStyle(element).backgroundColor);
    if (own[3] === 1) return own.slice(0, 3);
    const below = element.parentElement ? ground(element.parentElement) : colour("Canvas").slice(0, 3);
    return over(own, below);
  };

  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const textNodes = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && shown(node.parentElement)) found.push(node);
    }
    return found;
  };
  const extent = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  };
  const stops = () =>
    [...document.querySelectorAll("a[href], [tabindex], summary, input, button, select, textarea")];

  return {
    // Text whose contrast with its ground, or with white paper, is less than `least`.
    faint: (least, onPaper) => {
      const found = new Map();
      for (const node of textNodes()) {
        const element = node.parentElement;
        if (onPaper && element.closest(".draft-notice")) continue; // a mark across the page
        const under = onPaper ? [255, 255, 255] : ground(element);
        const ratio = contrast(over(colour(getComputedStyle(element).color), under), under);
        if (ratio < least) found.set(told(element), Math.round(ratio * 100) / 100);
      }
      return Object.fromEntries(found);
    },
    texts: () => textNodes().length,

    // How much wider the page is than its window, and what sticks out of it, but for scroll boxes.
    wider: () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    outside: () => {
      const edge = document.documentElement.clientWidth;
      return textNodes()
        .filter((node) => !node.parentElement.closest(".scroll, .skip, .change-next"))
        .filter((node) => {
          const { left, right } = extent(node);
          return left < -0.5 || right > edge + 0.5;
        })
        .map((node) => told(node.parentElement));
    },
    // Boxes that cut off what is in them. A scroll box scrolls sideways; the contents beside a text, down.
    clipped: () =>
      [...document.body.querySelectorAll(":not(.skip, .change-next)")].filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        const cut = (way, long, room) => way !== "visible" && long > room + 1;
        return shown(element) && !(element.matches(".scroll, .contents"))
          && (cut(overflowX, element.scrollWidth, element.clientWidth)
            || cut(overflowY, element.scrollHeight, element.clientHeight));
      }).map(told),
    // Words that go on in the next line without a hyphen; addresses may.
    broken: () =>
      textNodes().flatMap((node) => {
        if (node.parentElement.closest("a, .scroll") || getComputedStyle(node.parentElement).hyphens === "auto")
          return [];
        const range = document.createRange();
        return [...node.data.matchAll(/[\p{L}\p{M}]+/gu)].filter((word) => {
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          const tops = [...range.getClientRects()].map((box) => box.top);
          return Math.max(...tops) - Math.min(...tops) > 4;
        }).map(([word]) => word);
      }),
    // Blocks of text that lie over one another.
    overlapping: () => {
      const blocks = new Map();
      for (const node of textNodes()) {
        let block = node.parentElement;
        while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
        if (block.closest(".skip, .draft-notice, .scroll")) continue;
        const { left, right, top, bottom } = extent(node);
        const known = blocks.get(block) ?? [left, right, top, bottom];
        blocks.set(block, [Math.min(known[0], left), Math.max(known[1], right),
                           Math.min(known[2], top), Math.max(known[3], bottom)]);
      }
      const placed = [...blocks];
      const found = [];
      placed.forEach(([one, a], i) => {
        for (const [other, b] of placed.slice(i + 1)) {
          if (one.contains(other) || other.contains(one)) continue;
          // Letters rise a little above and fall below a tight line.
          const across = Math.min(a[1], b[1]) - Math.max(a[0], b[0]);
          const down = Math.min(a[3], b[3]) - Math.max(a[2], b[2]);
          if (across > 1 && down > 6) found.push(`${told(one)} and ${told(other)}`);
        }
      });
      return found;
    },

    // What a keyboard has to reach, in the order of the page.
    stops: () => stops().filter((element) => element.tabIndex >= 0 && shown(element)).map(told),
    // Where the focus is: what has it, how its ring stands out, whether it can be seen.
    focus: () => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const under = ground(element.parentElement);
      // The middle of each line of it, as far as the window shows it (2.4.11).
      const seen = [...element.getClientRects()].some((box) => {
        const [above, below] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        const top = below > above && document.elementFromPoint((left + right) / 2, (above + below) / 2);
        return top && element.contains(top) && !top.closest(".draft-notice");
      });
      return {
        told: told(element),
        ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        contrast: contrast(over(colour(style.outlineColor), under), under),
        seen,
      };
    },
    // Links that stand alone and are smaller than `least` pixels, one way or the other.
    small: (least) =>
      [...document.querySelectorAll("nav a, .links a, .skip:focus")].filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < least || height < least;
      }).map(told),
    // Links in running text that only their colour tells from it.
    plain: () =>
      [...document.querySelectorAll("a[href]:not(nav a, .skip)")]
        .filter((element) => !getComputedStyle(element).textDecorationLine.includes("underline"))
        .map(told),
    hidden: () =>
      [...document.querySelectorAll("main :is(p, li, dt, dd, th, td, figcaption, caption, img, h2, h3, h4), h1, footer p")]
        .filter((element) => !element.closest("nav") && !shown(element))
        .map(told),
  };
})();
