"use strict";
(() => { // whatever scrolls sideways on this screen can be scrolled by keyboard too, and nothing else is a stop on the way
  const look = () => {
    for (const wide of document.querySelectorAll(".wide")) {
      if (wide.scrollWidth > wide.clientWidth) {
        wide.tabIndex = 0;
        if (!wide.hasAttribute("role")) { wide.setAttribute("role", "group"); wide.setAttribute("aria-label", "Table, wider than the screen"); }
      } else wide.removeAttribute("tabindex");
    }
  };
  addEventListener("load", look); // not before: it makes the browser lay out the whole page
  addEventListener("resize", look);
})();
