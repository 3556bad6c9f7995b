-- What the HTML page needs beyond the document's own structure.
-- Runs last: after crossref.lua and citeproc.

local boxes = 0

-- What is wider than the screen scrolls in a box of its own: the keyboard reaches it, its caption names it.
local function scroll_box(content, caption)
  local attributes = { { 'tabindex', '0' } }
  if caption.long[1] then
    boxes = boxes + 1
    local id = 'page-caption-' .. boxes
    caption.long[1].content = { pandoc.Span(caption.long[1].content, { id = id }) }
    attributes = { { 'tabindex', '0' }, { 'role', 'group' }, { 'aria-labelledby', id } }
  end
  return pandoc.Div(content, pandoc.Attr('', { 'scroll' }, attributes))
end

local function box_table(tbl)
  local box = scroll_box({}, tbl.caption)
  box.content = { tbl }
  box.classes:insert 'table'
  return box, false
end

local function box_figure(figure)
  figure.content = { scroll_box(figure.content, figure.caption) }
  return figure, false
end

local function is_attribution(block)
  local only = block.content and #block.content == 1 and block.content[1]
  return only and only.t == 'Span' and only.classes:includes 'attribution'
end

-- HTML wants the attribution outside the blockquote: it is no part of what was said.
local function free_attribution(div)
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

function Pandoc(doc)
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
