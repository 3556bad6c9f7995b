-- What the HTML page needs beyond the document's own structure.
-- Runs last: after crossref.lua and citeproc.

local boxes = 0

-- What is wider than the screen scrolls in a box of its own: the keyboard reaches it, its caption names it.
local function scroll_box(content, caption)
  local box = pandoc.Div(content, pandoc.Attr('', { 'scroll' }, { { 'tabindex', '0' }, { 'role', 'region' } }))
  if caption.long[1] then
    boxes = boxes + 1
    local id = 'page-caption-' .. boxes
    caption.long[1].content = { pandoc.Span(caption.long[1].content, { id = id }) }
    box.attributes['aria-labelledby'] = id
  end
  return box
end

local unnamed = {}

--- The heads of its columns tell a table without a caption from others; a number, where they are the same.
local function heads(tbl)
  local row = tbl.head.rows[1] or tbl.bodies[1].body[1]
  local name = table.concat(row.cells:map(function(cell) return pandoc.utils.stringify(cell.contents) end), ', ')
  unnamed[name] = (unnamed[name] or 0) + 1
  return unnamed[name] == 1 and name or name .. ' ' .. unnamed[name]
end

local function box_table(tbl)
  local box = scroll_box({}, tbl.caption)
  if not tbl.caption.long[1] then
    local name = heads(tbl)
    tbl.attributes['aria-label'], box.attributes['aria-label'] = name, name
  end
  box.content = { tbl }
  box.classes:insert 'table'
  return box, false
end

local function box_figure(figure)
  figure.content = { scroll_box(figure.content, figure.caption) }
  return figure, false
end

--- Prose in two columns has no need to scroll.
local function name_table(tbl)
  tbl.attributes['aria-label'] = heads(tbl)
  return tbl
end

local function is_attribution(block)
  local only = block.content and #block.content == 1 and block.content[1]
  return only and only.t == 'Span' and only.classes:includes 'attribution'
end

-- HTML wants the attribution outside the blockquote: it is no part of what was said.
local function free_attribution(div)
  if div.classes:includes 'bilingual' then return div:walk { Table = name_table }, false end
  if not (div.classes:includes 'quote' or div.classes:includes 'pull-quote') then return nil end
  local content = pandoc.Blocks {}
  for _, block in ipairs(div.content) do
    content:insert(block)
    if block.t == 'BlockQuote' and is_attribution(block.content[#block.content]) then
      content:insert(block.content:remove())
    end
  end
  div.content = content
  return div
end

-- The page's one h1 is its title. pandoc's own shift would come before crossref.lua has numbered.
local function lower(header)
  header.level = header.level + 1
  return header
end

--- The space before an explanation goes where it goes, into the margin or not.
local function take_space(inlines)
  for at = #inlines, 2, -1 do
    local note, before = inlines[at], inlines[at - 1]
    if note.t == 'Span' and note.classes:includes 'term-note' and (before.t == 'Space' or before.t == 'SoftBreak') then
      note.content:insert(1, inlines:remove(at - 1))
    end
  end
  return inlines
end

--- pandoc writes an abstract of one paragraph without saying that it is one.
local function in_paragraphs(abstract)
  return pandoc.utils.type(abstract) == 'Inlines' and pandoc.Blocks { pandoc.Para(abstract) } or abstract
end

--- Words for an attribute of an element, which pandoc's templates do not escape.
local function attribute(value)
  local text = pandoc.utils.stringify(value):gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;', ['"'] = '&quot;' })
  return pandoc.Inlines { pandoc.RawInline('html', text) }
end

--- A work in another language than the page is read aloud in its own, where the literature names it.
local function speak_works(doc)
  local function base(code) return pandoc.utils.stringify(code or ''):match '^%a*' end
  local page, spoken = base(doc.meta.lang), {}
  for _, work in ipairs(pandoc.utils.references(doc)) do
    local code = pandoc.utils.stringify(work.language or '')
    if code ~= '' and base(code) ~= page then spoken['ref-' .. work.id] = code end
  end
  return doc:walk { Div = function(div)
    if not spoken[div.identifier] then return nil end
    div.attributes.lang = spoken[div.identifier]
    return div
  end }
end

function Pandoc(doc)
  doc = speak_works(doc)
  doc.meta['author-attribute'] = (doc.meta.author or pandoc.List {}):map(function(author) return attribute(author.name.literal or author.name) end)
  doc.meta['keyword-attribute'] = (doc.meta.keywords or pandoc.List {}):map(attribute)
  if doc.meta.abstract then doc.meta.abstract = in_paragraphs(doc.meta.abstract) end
  doc.blocks = doc.blocks:walk {
    traverse = 'topdown', Header = lower, Table = box_table, Figure = box_figure, Div = free_attribution }
  doc.blocks = doc.blocks:walk { Inlines = take_space }
  -- The colophon is the page's footer, below the notes that pandoc puts at the end.
  doc.blocks = doc.blocks:filter(function(block)
    local is_colophon = block.t == 'Div' and block.classes:includes 'colophon'
    if is_colophon then doc.meta.colophon = pandoc.MetaBlocks(block.content) end
    return not is_colophon
  end)
  return doc
end
