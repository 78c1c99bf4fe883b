// Every text that is seen with less contrast to what is behind it than 4.5, and every border of a field with less than 3.
(() => {
  const parse = colour => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((c, i) => c * a + below[i] * (1 - a));
  const light = rgb => {
    const [r, g, b] = rgb.map(c => c / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
  const behind = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.unshift(parse(getComputedStyle(at).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), canvas);
  };
  const poor = [];
  let texts = 0;
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const back = behind(element);
    if (own && !element.closest(".unseen")) {
      texts++;
      const found = ratio(over(parse(style.color), back), back);
      if (found < 4.5) poor.push(element.outerHTML.slice(0, 80) + " " + found.toFixed(2));
    }
    if (element.matches("input:not([type=hidden])")) {
      const around = behind(element.parentElement);
      const found = ratio(over(parse(style.borderTopColor), around), around);
      if (found < 3) poor.push("border of " + element.outerHTML.slice(0, 80) + " " + found.toFixed(2));
    }
  }
  return texts === 0 ? ["no text at all"] : poor;
})()
