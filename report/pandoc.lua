--- pandoc's command line without its start: one document after another.
-- It is called with the path of pandoc. A question is a line of JSON: arguments, text, and the folder
-- to work in. The answer is one too, after a record separator (RFC 7464): what was made, or why it
-- failed, and what pandoc warns of.

local program = arg[1]

--- What the command line reads of its own data, and Lua knows but a part of.
local abbreviations = {}
local listed = pandoc.pipe(program, { '--data-dir=.', '--print-default-data-file=abbreviations' }, '')
for word in listed:gmatch '[^\r\n]+' do abbreviations[word] = true end

local function template(file)
  local opened <close> = assert(io.open(file, 'rb'))
  return pandoc.template.compile(opened:read 'a', file)  -- its parts lie beside it
end

--- What the arguments ask for: options of the reader and the writer, and steps between them.
local function understood(arguments)
  local asked = { reader = { abbreviations = abbreviations }, writer = {}, steps = pandoc.List {} }
  local take = {
    from = function(format) asked.from = format end,
    to = function(format) asked.to = format end,
    ['default-image-extension'] = function(ending) asked.reader.default_image_extension = ending end,
    standalone = function() asked.reader.standalone = true end,
    template = function(file) asked.writer.template = template(file) end,
    wrap = function(how) asked.writer.wrap_text = how end,
    citeproc = function()
      asked.steps:insert(pandoc.utils.citeproc)
      asked.to = asked.to .. '-citations'  -- they are text by then
    end,
    ['lua-filter'] = function(file)
      asked.steps:insert(function(doc)
        PANDOC_SCRIPT_FILE = file
        return pandoc.utils.run_lua_filter(doc, file)
      end)
    end,
  }
  for _, argument in ipairs(arguments) do
    local name, value = argument:match '^%-%-([%w-]+)=?(.*)$'
    assert(take[name], argument .. ' is no argument that pandoc.lua knows')(value)
  end
  return asked
end

local function converted(question)
  local asked = understood(question.arguments)
  FORMAT = asked.to:match '^[^+-]+'
  return pandoc.system.with_working_directory(question.folder, function()
    local doc = pandoc.read(question.text, asked.from, asked.reader)
    for _, step in ipairs(asked.steps) do doc = step(doc) end
    return pandoc.write(doc, asked.to, asked.writer)
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

--- What a filter says, and where it does; how we came there is nobody's concern.
local function why(failure)
  return tostring(failure):gsub('\n\t%[C%]: in %?\n.*', '')
end

for line in io.lines() do
  local messages, well, made =
    pandoc.log.silence(pcall, converted, pandoc.json.decode(line, false))
  local answer = { warnings = warnings(messages) }
  if well then answer.made = made else answer.failed = why(made) end
  io.write('\x1e', pandoc.json.encode(answer), '\n')
  io.flush()
  collectgarbage()  -- Lua does not see how large documents are
end
