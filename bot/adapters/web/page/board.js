// Draws the charts of a board from the specs that stand beside them, and again when the page becomes dark or light.

const themes = JSON.parse(document.getElementById("themes").textContent);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const places = [...document.querySelectorAll(".chart")].map((place) => ({
  place,
  spec: JSON.parse(place.nextElementSibling.textContent),
}));

async function draw({ place, spec }) {
  const options = {
    actions: false,
    ast: true, // expressions are interpreted: the page allows no code that is made of text
    defaultStyle: false,
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
    config: themes[dark.matches ? "dark" : "light"],
  };
  await vegaEmbed(place, spec, options);
  place.querySelector("svg")?.setAttribute("aria-hidden", "true"); // the figure is named, its table is read
}

const drawAll = () => places.forEach(draw);
drawAll();
dark.addEventListener("change", drawAll);
