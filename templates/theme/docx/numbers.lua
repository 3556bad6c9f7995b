--- Makes Word's own numbers of those that a document shows: captions count by SEQ fields, references
-- are REF fields, headings are numbered by the list that their styles belong to.
-- Runs after crossref.lua, or quarto/restore.lua, which have written the numbers as text. Word renews
-- fields, any other reader shows what is stored in them.

local stringify = pandoc.utils.stringify
local nbsp = '\u{a0}'

local entries = {}  -- label → { number, text: what a caption calls itself, ref, number_ref: REF codes }
local from_right    -- whether the document is written from right to left
local listed        -- whether the headings of the reference document are numbered by a list

local function openxml(...) return pandoc.RawInline('openxml', string.format(...)) end

--- Word gives an updated result the looks of the field's code.
local function field(code, result, style)
  local looks = (style and '<w:rStyle w:val="' .. style .. '"/>' or '') .. (from_right and '<w:rtl/>' or '')
  if looks ~= '' then looks = '<w:rPr>' .. looks .. '</w:rPr>' end
  return pandoc.Inlines {
    openxml('<w:r>%s<w:fldChar w:fldCharType="begin"/></w:r>', looks),
    openxml('<w:r>%s<w:instrText xml:space="preserve"> %s </w:instrText></w:r>', looks, code),
    openxml('<w:r>%s<w:fldChar w:fldCharType="separate"/></w:r>', looks),
    pandoc.Str(result),
    openxml('<w:r>%s<w:fldChar w:fldCharType="end"/></w:r>', looks),
  }
end

local last_bookmark = 10000  -- above the ids that pandoc gives its own bookmarks

--- Word knows bookmarks by names without hyphens; a leading underscore hides them from the reader.
local function bookmark(name, content)
  last_bookmark = last_bookmark + 1
  local marked = pandoc.Inlines { openxml('<w:bookmarkStart w:id="%d" w:name="%s"/>', last_bookmark, name) }
  marked:extend(content)
  marked:insert(openxml('<w:bookmarkEnd w:id="%d"/>', last_bookmark))
  return marked
end

--- Word's counter bears the word of the captions, as it does where Word inserts a caption.
local function counter(word, kind)
  local plain = utf8.len(word) <= 40 and not word:match '[%s%c%p\u{a0}]'
  return plain and word or (kind == 'tbl' and 'Table' or 'Figure')
end

local function number_caption(element)
  local label, block = element.identifier, element.caption.long[1]
  local kind = label:match '^(%a+)%-'
  local span = block and block.content[1]
  if not (kind == 'tbl' or kind == 'fig') or not span or span.t ~= 'Span' then return end
  local word, number, stop = stringify(span):gsub(nbsp, ' '):match '^(.-) (%d+)(:?)$'
  if not number then return end
  local name = '_Ref_' .. kind .. '_' .. number
  entries[label] = {
    number = number, text = word .. nbsp .. number,
    ref = 'REF ' .. name .. ' \\h', number_ref = 'REF ' .. name .. '_number \\h',
  }
  local count = field('SEQ ' .. counter(word, kind) .. ' \\* ARABIC', number, 'CaptionLabel')
  span.content = bookmark(name, pandoc.Inlines { pandoc.Str(word .. nbsp) } .. bookmark(name .. '_number', count))
  if stop ~= '' then span.content:insert(pandoc.Str(stop)) end
  local content = block.content
  content[1] = span
  element.caption.long[1] = pandoc.Plain(content)
  return element
end

--- A list of Word's gives the number, where the reference document has it; elsewhere it stays as text.
local function number_heading(header)
  local span = header.content[1]
  if not (span and span.t == 'Span' and span.classes:includes 'header-section-number') then return end
  local number = stringify(span)
  local name = '_Ref_sec_' .. number:gsub('%.', '_')
  entries[header.identifier] = { number = number, number_ref = 'REF ' .. name .. (listed and ' \\r' or '') .. ' \\h' }
  if listed then
    local rest = pandoc.Inlines { table.unpack(header.content, 2) }
    if rest[1] and rest[1].t == 'Space' then rest:remove(1) end
    header.content = bookmark(name, rest)
  else
    span.content = bookmark(name, span.content)
    header.content[1] = span
  end
  return header
end

--- A reference as a field. What names its target by a title stays a link.
local function refer(link)
  local entry = link.classes:includes 'crossref' and entries[link.target:sub(2)]
  if not entry then return end
  local text = stringify(link)
  if text == entry.text then return field(entry.ref, text) end
  if text:sub(-#entry.number) ~= entry.number then return end
  local before = text:sub(1, -#entry.number - 1)
  local shown = before ~= '' and pandoc.Inlines { pandoc.Str(before) } or pandoc.Inlines {}
  return shown .. field(entry.number_ref, entry.number)
end

--- Headings without a number are of a style of their own, or the list would count them.
local function uncount(header)
  if not header.classes:includes 'unnumbered' then return end
  local attributes = { ['custom-style'] = 'Unnumbered Heading ' .. header.level }
  for key, value in pairs(header.attributes) do attributes[key] = value end
  return pandoc.Div({ pandoc.Para(header.content) }, pandoc.Attr(header.identifier, {}, attributes))
end

function Pandoc(doc)
  from_right = stringify(doc.meta.dir or '') == 'rtl'
  listed = doc.meta['our-word-styles']
  doc = doc:walk { Header = number_heading, Table = number_caption, Figure = number_caption }
  doc = doc:walk { Link = refer }
  if listed and (doc.meta['number-sections'] or doc.meta['numbered-sections']) then
    doc = doc:walk { Header = uncount }
  end
  return doc
end
