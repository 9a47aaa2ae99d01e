// Teaches the assistant: node train.js EXAMPLES MODEL, with EXAMPLES a JSON list of {"intent", "text"}.
const { readFileSync, writeFileSync } = require("node:fs");
const { untaught } = require("./assistant");

async function main([examples, model]) {
  const assistant = untaught();
  for (const { intent, text } of JSON.parse(readFileSync(examples, "utf-8"))) {
    assistant.addDocument("nl", text, intent);
  }
  await assistant.train();
  writeFileSync(model, assistant.export(true));
}

main(process.argv.slice(2));
