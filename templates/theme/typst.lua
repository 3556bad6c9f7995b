--- What pandoc's Typst writer leaves out: alternative texts, languages, attributions, boxes.
-- Runs after citeproc; the functions it calls are those of typst/base.typ and the theme.

local stringify = pandoc.utils.stringify

local function raw(text) return pandoc.RawInline('typst', text) end

local function literal(value)
  return '"' .. stringify(value):gsub('[\\"]', '\\%0') .. '"'
end

--- A call with the content as its argument; the semicolon keeps a bracket that follows out of it.
local function call(name, content)
  if content[1] and pandoc.utils.type(content) == 'Inlines' then
    return pandoc.Inlines { raw('#' .. name .. '[') } .. content .. pandoc.Inlines { raw '];' }
  end
  return pandoc.Blocks { pandoc.RawBlock('typst', '#' .. name .. '[') } .. content ..
    pandoc.Blocks { pandoc.RawBlock('typst', ']') }
end

--- What Typst would read as dashes, a minus sign, an ellipsis, or, first in a cell, as a list or a
--- heading: a string instead.
local function verbatim(str)
  local text = str.text
  if not text:find '[-+/=.]' then return end
  for _, pattern in ipairs { '%-[-?%d\x80-\xff]', '%.%.%.', '^[-+/=]+$', '^%d+%.$' } do
    if text:find(pattern) then return raw('#' .. literal(text) .. ';') end
  end
end

-- Language and direction

--- "nb-NO" as Typst's two settings; what it would not take is left out.
local function language(tag)
  local lang, rest = (tag or ''):lower():match '^(%a%a%a?)%f[^%a](.*)$'
  return lang, lang and rest:upper():match '^%-(%u%u)$'
end

local function text_settings(attributes)
  local lang, region = language(attributes.lang)
  local dir = attributes.dir
  return {
    lang = lang and literal(lang),
    region = region and literal(region) or lang and 'none',  -- never the document's own
    dir = (dir == 'ltr' or dir == 'rtl') and dir or nil,
  }
end

local function language_of_span(span)
  local settings = {}
  for name, value in pairs(text_settings(span.attributes)) do
    settings[#settings + 1] = name .. ': ' .. value
  end
  if #settings == 0 then return span.content end
  table.sort(settings)
  return call('text(' .. table.concat(settings, ', ') .. ')', span.content)
end

local function language_of_div(div)
  local settings = text_settings(div.attributes)
  div.attributes.lang, div.attributes.dir = nil, nil
  for _, name in ipairs { 'lang', 'region', 'dir' } do  -- always in this order
    div.attributes['typst:text:' .. name] = settings[name]
  end
  return next(settings) ~= nil
end

-- Spans and divs that the themes draw

local marks = pandoc.List { 'term', 'number', 'attribution', 'caption-label', 'header-section-number',
  'translated-title', 'keywords-label' }
local boxes = pandoc.List {
  'pull-quote', 'key-messages', 'who', 'facts', 'meaning', 'contact', 'statements', 'colophon',
  'translated-abstract', 'draft-notice' }

local function drawn(element, names)
  local _, at = element.classes:find_if(function(class) return names:includes(class) end)
  return at and element.classes[at]
end

local function mark_span(span)
  local content, mark = language_of_span(span), drawn(span, marks)
  if span.identifier ~= '' then return pandoc.Span(content, { id = span.identifier }) end  -- a link leads to it
  return mark and call(mark, content) or content
end

local function draw_div(div)
  if div.classes:includes 'with-picture' then
    div.content:insert(2, pandoc.RawBlock('typst', ']['))  -- the picture ends, the text begins
    return call('with-picture', div.content)
  end
  if div.classes:includes 'recipient' then
    local logo = div.content[1].t == 'RawBlock'
    div.content:insert(logo and 2 or 1, pandoc.RawBlock('typst', ']['))  -- the name begins
    return call('recipient', div.content)
  end
  local box = div.identifier == 'refs' and 'references' or drawn(div, boxes)
  local bears_language = language_of_div(div)
  if box then return call(box, bears_language and pandoc.Blocks { div } or div.content) end
  if div.identifier == '' and not bears_language then return div.content end
  return div
end

-- Explanations of terms beside the text

local function is_note(inline) return inline.t == 'Span' and inline.classes:includes 'term-note' end

--- An explanation without its brackets, after its term.
local function note(span)
  local said = span.content:filter(function(inline)
    return not (inline.t == 'Span' and inline.classes:includes 'bracket')
  end)
  local term = call('term', pandoc.Inlines(span.attributes.term .. ':'))
  return pandoc.Para(term .. pandoc.Inlines { pandoc.Space() } .. said)
end

local function without_notes(inlines)
  if not inlines:find_if(is_note) then return end
  local left = pandoc.Inlines {}
  for _, inline in ipairs(inlines) do
    if not is_note(inline) then
      left:insert(inline)
    elseif #left > 0 and (left[#left].t == 'Space' or left[#left].t == 'SoftBreak') then
      left:remove()
    end
  end
  return left
end

local function notes_in(block)
  local notes = pandoc.Blocks {}
  block:walk { traverse = 'topdown', Span = function(span) if is_note(span) then notes:insert(note(span)) end end }
  return notes
end

local runs = pandoc.List { 'Para', 'Plain', 'BulletList', 'OrderedList' }

--- What explains or adorns a run of paragraphs and lists goes beside it, and is read after it: the
--- explanations of terms, and the large quote that follows.
local function beside(blocks)
  local made, run, notes = pandoc.Blocks {}, pandoc.Blocks {}, pandoc.Blocks {}
  local function mark(text) return pandoc.Blocks { pandoc.RawBlock('typst', text) } end
  local function finish(quote)
    local said = #notes > 0 and call('explained', notes) or pandoc.Blocks {}
    if quote then said:insert(quote) end
    made:extend(#said > 0 and mark '#beside[' .. run .. mark '][' .. said .. mark ']' or run)
    run, notes = pandoc.Blocks {}, pandoc.Blocks {}
  end
  for _, block in ipairs(blocks) do
    if runs:includes(block.t) then
      local said = notes_in(block)
      notes:extend(said)
      run:insert(#said > 0 and block:walk { Inlines = without_notes } or block)
    elseif #run > 0 and block.t == 'Div' and block.classes:includes 'pull-quote' then
      finish(block)
    else
      finish()
      if block.t == 'Div' then block.content = beside(block.content) end
      made:insert(block)
    end
  end
  finish()
  return made
end

local calls = pandoc.List {
  'Link', 'Emph', 'Strong', 'Strikeout', 'Subscript', 'Superscript', 'SmallCaps', 'Underline', 'Note' }

--- Whether pandoc writes the inline as a call of Typst's, or as something that ends in one.
local function is_call(inline)
  if inline.t == 'Code' then return inline.text:find '`' end
  if inline.t == 'Cite' or inline.t == 'Span' then
    return #inline.content > 0 and is_call(inline.content[#inline.content])
  end
  return calls:includes(inline.t)
end

local function like_a_field(text) return text:find '^%.[%a\128-\255]' end

--- ".word" right after a call would be a field of it; a semicolon ends the call.
local function end_calls(inlines)
  local ended
  for at = #inlines, 2, -1 do
    local after = inlines[at]
    if after.t == 'Str' and like_a_field(after.text) and is_call(inlines[at - 1]) then
      inlines:insert(at, raw ';')
      ended = inlines
    end
  end
  return ended
end

-- Quotes and figures

local function written(inlines)
  local doc = pandoc.Pandoc { pandoc.Plain(inlines) }
  return pandoc.write(doc:walk { Span = mark_span, Str = verbatim }:walk { Inlines = end_calls },
    { format = 'typst', extensions = { smart = false } }, { wrap_text = 'none' })
end

--- The attribution, a last paragraph of its own, is an argument of Typst's quote.
local function attributed(quote)
  local last = quote.content[#quote.content]
  local span = last and last.content and #last.content == 1 and last.content[1]
  if not (span and span.t == 'Span' and span.classes:includes 'attribution') then return end
  quote.content:remove()
  return call('quote(block: true, attribution: [' .. written(language_of_span(span)) .. '])', quote.content)
end

local function image_call(image)
  local arguments = { literal(image.src), 'alt: ' .. literal(image.caption) }
  for _, side in ipairs { 'width', 'height' } do
    local size = (image.attributes[side] or ''):match '^[%d.]+%%$'
    if size then table.insert(arguments, side .. ': ' .. size) end
  end
  return 'image(' .. table.concat(arguments, ', ') .. ')'
end

local function lone_image(figure)
  local block = figure.content[1]
  local image = #figure.content == 1 and block.content and #block.content == 1 and block.content[1]
  return image and image.t == 'Image' and image
end

local function figure_call(figure)
  local image = lone_image(figure)
  if not image then return end
  local caption = figure.caption.long[1]
  local label = figure.identifier ~= '' and ' <' .. figure.identifier .. '>' or ''
  return pandoc.RawBlock('typst', '#figure(' .. image_call(image) ..
    (caption and ', caption: [' .. written(caption.content) .. ']' or '') .. ')' .. label)
end

-- Tables

--- The cells that head a row, strong for pdf_tags.py to know them. One that is left empty, since it
--- would say what the one above says, becomes a part of that.
local function row_heads(tbl)
  for _, body in ipairs(tbl.bodies) do
    local above
    for _, row in ipairs(body.row_head_columns > 0 and body.body or {}) do
      local head = row.cells[1]
      local words = head.contents[1]
      if above and not words then
        above.row_span = above.row_span + 1
        row.cells:remove(1)
      else
        above = head
        if #head.contents == 1 and words.t == 'Plain' then words.content = call('row-head', words.content) end
      end
    end
  end
  return tbl
end

-- Front matter

--- What a footer has room for: the title up to its colon, or its first words.
local function short(title)
  local text = title:match '^([^%[]-):%s' or title
  if utf8.len(text) <= 60 then return text end
  return text:sub(1, utf8.offset(text, 60) - 1):gsub('[%s%p]+%S*$', '') .. '…'
end

--- A look is a file that defines a theme, ours or beside the document.
local function look(name)
  if not name:match '^[%w-]+$' then return 'manuscript' end
  local ours = pandoc.path.join { pandoc.path.directory(PANDOC_SCRIPT_FILE), 'typst', name .. '.typ' }
  local file = io.open(name .. '.typ') or io.open(ours)
  local known = file and file:read('a'):find('#let theme', 1, true)
  if file then file:close() end
  return known and name or 'manuscript'
end

local function front_matter(meta)
  local lang, region = language(stringify(meta.lang or ''))
  meta.lang, meta.region = lang, region
  meta.look = look(stringify(meta.look or ''))
  local year, month, day = stringify(meta.date or ''):match '^(%d%d%d%d)-(%d%d)-(%d%d)$'
  meta.datetime = year and raw(('datetime(year: %d, month: %d, day: %d)'):format(year, month, day))
  meta['short-title'] = pandoc.Inlines { stringify(meta['short-title'] or short(stringify(meta.title or ''))) }
  meta['keyword-strings'] = (meta.keywords or pandoc.List {}):map(function(keyword) return raw(literal(keyword)) end)
  if meta['organisation-logo'] then
    meta['logo-path-string'] = raw(literal(meta['organisation-logo']))
    meta['logo-alt-string'] = raw(literal(meta['organisation-logo-alt']))
  end
  for _, author in ipairs(meta.author or {}) do
    author['name-string'] = raw(literal(author.name))
    if author.email then author['email-string'] = raw(literal(author.email)) end
    if author.orcid then author['orcid-string'] = raw(literal(author.orcid)) end
  end
  return meta
end

--- A picture beside the text: a block of its own, and no word in a line.
local function picture_call(div)
  local name = drawn(div, pandoc.List { 'picture', 'recipient-logo' })
  if not name then return end
  local call_of
  div:walk { Image = function(image) call_of = image_call(image) end }
  return call_of and pandoc.RawBlock('typst', '#' .. name .. '(' .. call_of .. ')')
end

function Pandoc(doc)
  doc = doc:walk { traverse = 'topdown', BlockQuote = attributed, Figure = figure_call, Table = row_heads, Div = picture_call }
  doc.blocks = beside(doc.blocks)
  doc = doc:walk {
    Span = mark_span, Div = draw_div,
    Image = function(image) return raw('#box(' .. image_call(image) .. ');') end,
  }
  doc.meta = front_matter(doc.meta)
  local fields = false
  doc = doc:walk {  -- nothing reads raw text after this, and a string of Typst's is no field
    Str = function(str)
      fields = fields or like_a_field(str.text)
      return verbatim(str)
    end,
  }
  return fields and doc:walk { Inlines = end_calls } or doc
end
