--- pandoc's command line without its start: one document after another.
-- It is called with the path of pandoc. A question is a line: its number, and JSON with arguments,
-- text, the folder to work in and the environment. The answer is one too, after a record separator
-- (RFC 7464): the number, and JSON with what was made, or why it failed, and what pandoc warns of.

local program = arg[1]

--- What the command line reads of its own data, and Lua knows but a part of.
local abbreviations = {}
local listed = pandoc.pipe(program, { '--data-dir=.', '--print-default-data-file=abbreviations' }, '')
for word in listed:gmatch '[^\r\n]+' do abbreviations[word] = true end

--- What a filter or template says, and where; how we came there is nobody's concern.
local function why(failure)
  return (tostring(failure):gsub('\n\t%[C%]: in %?\n.*', ''))
end

--- What the function gives, or an error that begins with the file in question.
local function told_of(file, doing, called, ...)
  local well, result = pcall(called, ...)
  if well then return result end
  error(('Error %s %s:\n%s'):format(doing, pandoc.path.filename(file), why(result)), 0)
end

local function template(file)
  local source = pandoc.system.read_file(file):gsub('^\u{FEFF}', ''):gsub('\r', '')
  assert(utf8.len(source), 'it is no UTF-8')
  return pandoc.template.compile(source, file)  -- its parts lie beside it
end

--- What the arguments ask for: options of the reader and the writer, and steps between them.
local function understood(arguments)
  local reader = { abbreviations = abbreviations, columns = 72 }
  local asked = { reader = reader, writer = {}, steps = pandoc.List {} }
  local take = {
    from = function(format) asked.from = format end,
    to = function(format) asked.to = format end,
    ['default-image-extension'] = function(ending) asked.reader.default_image_extension = ending end,
    standalone = function() asked.reader.standalone = true end,
    template = function(file)
      asked.writer.template = told_of(file, 'compiling template', template, file)
    end,
    wrap = function(how) asked.writer.wrap_text = how end,
    citeproc = function()
      asked.cites = true
      asked.steps:insert(pandoc.utils.citeproc)
    end,
    ['lua-filter'] = function(file)
      asked.steps:insert(function(doc)
        PANDOC_SCRIPT_FILE = file
        return told_of(file, 'running filter', pandoc.utils.run_lua_filter, doc, file)
      end)
    end,
  }
  for _, argument in ipairs(arguments) do
    local name, value = argument:match '^%-%-([%w-]+)=?(.*)$'
    assert(take[name], argument .. ' is no argument that pandoc.lua knows')(value)
  end
  assert(asked.writer.template or not asked.reader.standalone, '--standalone asks for a template')
  return asked
end

local function converted(question)
  local asked = understood(question.arguments)
  asked.writer.variables = {
    curdir = question.folder, sourcefile = '-', outputfile = '-', ['pandoc-version'] = tostring(PANDOC_VERSION),
  }
  FORMAT = asked.to:match '^[^+-]+'
  PANDOC_READER_OPTIONS = pandoc.ReaderOptions(asked.reader)
  PANDOC_WRITER_OPTIONS = pandoc.WriterOptions(asked.writer)
  local doc = pandoc.read(question.text, asked.from, asked.reader)
  for _, step in ipairs(asked.steps) do doc = step(doc) end
  -- What was cited is text by now.
  return pandoc.write(doc, asked.to .. (asked.cites and '-citations' or ''), asked.writer)
end

local function at_its_place(question)
  local environment = pandoc.system.environment()
  for name, value in pairs(question.environment) do environment[name] = value end
  return pandoc.system.with_environment(environment, function()
    return pandoc.system.with_working_directory(question.folder, function() return converted(question) end)
  end)
end

--- The messages that the command line would show.
local function warnings(messages)
  local shown = pandoc.List {}
  for _, message in ipairs(messages) do
    local said = pandoc.json.decode(pandoc.json.encode(message), false)
    local shows = said.verbosity ~= 'INFO'
    if shows then shown:insert(1, '[' .. said.verbosity .. '] ' .. said.pretty) end  -- the last comes first
  end
  return shown
end

local loaded = {}
for name in pairs(package.loaded) do loaded[name] = true end

--- What a document leaves behind is nothing to the next.
local function forget()
  for name in pairs(package.loaded) do
    if not loaded[name] then package.loaded[name] = nil end
  end
  pandoc.mediabag.empty()
  collectgarbage()  -- Lua does not see how large documents are
end

for line in io.lines() do
  local number, question = line:match '^(%d+) (.*)$'
  local messages, well, made =
    pandoc.log.silence(pcall, at_its_place, pandoc.json.decode(question, false))
  local answer = { warnings = warnings(messages) }
  if well then answer.made = made else answer.failed = why(made) end
  io.write('\n\x1e', number, ' ', pandoc.json.encode(answer), '\n')  -- whatever a filter has printed
  io.flush()
  forget()
end
