// Home of the assistant as nlp.js makes it by default for Dutch: its own tokens, stems and `none` feature.
const { containerBootstrap } = require("@nlpjs/core");
const { Nlp } = require("@nlpjs/nlp");
const { LangNl } = require("@nlpjs/lang-nl");

function untaught() {
  const container = containerBootstrap();
  container.use(LangNl);
  // Without these the library would look for a model in, and write one to, the folder it runs in.
  return new Nlp({ container, languages: ["nl"], autoLoad: false, autoSave: false, nlu: { log: false } });
}

module.exports = { untaught };
