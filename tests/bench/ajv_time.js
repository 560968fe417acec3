// SPDX-License-Identifier: AGPL-3.0-or-later
// Prints the milliseconds that ajv takes to check all files of an unpacked pack, parsed before, by
// schemas that it has compiled before: the median of so many runs, after one to warm up.
// node ajv_time.js SCHEMAS PACK RUNS
'use strict';
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv');

const [schemas, pack, runs] = process.argv.slice(2);
const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const ajv = new (Ajv.default || Ajv)();
for (const file of fs.readdirSync(schemas).filter((name) => name.endsWith('.json'))) {
  ajv.addSchema(read(path.join(schemas, file)), file);
}
const files = [['szpack', path.join(pack, 'szpack.json')]];
for (const kind of ['dataset', 'character-template', 'session-template']) {
  const folder = path.join(pack, 'objects', kind + 's');
  if (!fs.existsSync(folder)) continue;
  for (const file of fs.readdirSync(folder)) files.push([kind, path.join(folder, file)]);
}
const checked = files.map(([kind, file]) => [ajv.getSchema(kind + '.json'), read(file)]);

function run() {
  const begin = process.hrtime.bigint();
  for (const [validate, value] of checked) {
    if (!validate(value)) process.exit(1);
  }
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

run();
const times = Array.from({ length: Number(runs) }, run).sort((a, b) => a - b);
console.log(times[Math.floor(times.length / 2)]);
