// SPDX-License-Identifier: AGPL-3.0-or-later
// What ajv says of JSON files, which is what most editors check with; for test_editors.py. Reads
// lines "SCHEMA<tab>PATH" and writes {"PATH": true, false, or null where there is no JSON}.
// With the folder of the schemas as argument; exit code 77: there is no ajv.
'use strict';
const fs = require('fs');
const path = require('path');

let Ajv;
try {
  Ajv = require('ajv');
} catch (missing) {
  console.error('skipped: there is no ajv; the package node-ajv brings it');
  process.exit(77);
}

function parsed(text) {
  try {
    return { value: JSON.parse(text) };
  } catch (wrong) {
    return null;
  }
}

const folder = process.argv[2];
const ajv = new (Ajv.default || Ajv)();
for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  ajv.addSchema(JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')), file);
}
const verdicts = {};
for (const line of fs.readFileSync(0, 'utf8').split('\n').filter((text) => text)) {
  const [schema, file] = line.split('\t');
  const json = parsed(fs.readFileSync(file, 'utf8'));
  verdicts[file] = json && ajv.getSchema(schema + '.json')(json.value);
}
console.log(JSON.stringify(verdicts));
