// Packs the service into one file that node runs: dist/greeter.cjs, the same bytes every time.
const fs = require('node:fs');
const path = require('node:path');

const sources = path.join(__dirname, 'src');
const modules = fs
  .readdirSync(sources)
  .sort()
  .map((name) => {
    const code = fs.readFileSync(path.join(sources, name), 'utf8');
    return `${JSON.stringify('./' + name)}(module, exports, require) {\n${code}}`;
  });

fs.mkdirSync(path.join(__dirname, 'dist'), { recursive: true });
fs.writeFileSync(
  path.join(__dirname, 'dist', 'greeter.cjs'),
  `const modules = {\n${modules.join(',\n')},\n};
const loaded = {};
const load = (name) => {
  if (!(name in modules)) return require(name);
  if (!(name in loaded)) {
    const module = (loaded[name] = { exports: {} });
    modules[name](module, module.exports, load);
  }
  return loaded[name].exports;
};
load('./main.cjs');
`,
);
