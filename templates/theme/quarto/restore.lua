--- Gives back the shape that our own filters know to what Quarto has rendered.
-- Runs after all of Quarto's filters, before authors.lua, columns.lua and the format's own.

local docx, jats = FORMAT == 'docx', FORMAT:match 'jats'

--- Quarto writes "1. Introduction" in Word and JATS, "1 Introduction" elsewhere, as we do everywhere.
local function without_stop(header)
  local number, stop = header.content[1], header.content[2]
  if number and number.t == 'Str' and stop and stop.t == 'Str' and stop.text == '. ' then
    header.content[2] = pandoc.Space()
  end
  local shown = header.attributes.number
  if docx and number and number.t == 'Str' and shown == number.text then
    header.content[1] = pandoc.Span({ number }, { class = 'header-section-number' })
  end
  return header
end

--- A caption without Quarto's own code, its "Table 1:" marked as ours is.
local function caption_of(inlines)
  local words = inlines:filter(function(inline) return inline.t ~= 'RawInline' end)
  local label = pandoc.Inlines {}
  while words[1] and #label < 4 do
    label:insert(words:remove(1))
    if label[#label].t == 'Str' and label[#label].text:match ':$' then
      return pandoc.Inlines { pandoc.Span(label, { class = 'caption-label' }) } .. words
    end
  end
  return label .. words
end

--- In Word Quarto sets a table or figure with its caption into a table of one cell.
local function unboxed(tbl)
  local body = tbl.bodies[1]
  local cell = #tbl.colspecs == 1 and body and #body.body == 1 and body.body[1].cells[1]
  local div = cell and cell.contents[1]
  if not (div and div.t == 'Div' and div.identifier:match '^%a+%-') then return end
  local caption, content = nil, pandoc.Blocks {}
  for _, block in ipairs(div.content) do
    local first = block.t == 'Para' and block.content[1]
    if first and first.t == 'RawInline' and first.text:match 'ImageCaption' then
      caption = caption_of(block.content)
    else
      content:insert(block)
    end
  end
  local long = caption and { pandoc.Plain(caption) } or {}
  if content[1] and content[1].t == 'Table' then
    content[1].caption.long = long
    content[1].identifier = div.identifier
    return content
  end
  return pandoc.Figure(content, { long = long }, { id = div.identifier })
end

--- Quarto keeps an alternative text in attributes; our filters and JATS take it from the image.
local function described(image)
  local alt = image.attributes['fig-alt'] or image.attributes.alt
  if not alt then return end
  image.attributes['fig-alt'], image.attributes.alt = nil, nil
  image.caption = pandoc.Inlines(alt)
  return image
end

local function cross_reference(link)
  if not link.classes:includes 'quarto-xref' then return end
  link.classes:insert 'crossref'
  return link
end

--- The works cited, below their heading again.
local function below_heading(blocks)
  local works, at = blocks:find_if(function(block) return block.t == 'Div' and block.identifier == 'refs' end)
  local heading, place = blocks:find_if(function(block)
    return block.t == 'Header' and block.classes:includes 'of-references'
  end)
  if not heading then return blocks end
  heading.classes = heading.classes:filter(function(class) return class ~= 'of-references' end)
  blocks[place] = heading
  if works and at > place then blocks:insert(place + 1, blocks:remove(at)) end
  return blocks
end

--- Our filters come after citeproc, which Quarto would run last of all.
local function cited(doc)
  doc = pandoc.utils.citeproc(doc):walk { Cite = function(cite) return cite.content end }
  doc.meta.bibliography = nil
  return doc
end

--- Quarto's own record of the authors, as the front matter had it.
local function author(of)
  local attributes = of.attributes or {}
  return {
    name = of.name.literal, orcid = of.orcid, email = of.email,
    corresponding = attributes.corresponding and true or nil, affiliations = of.affiliations,
  }
end

function Pandoc(doc)
  if doc.meta.bibliography then doc = cited(doc) end
  doc = doc:walk { Header = without_stop, Table = docx and unboxed or nil, Link = cross_reference }
  if docx or jats then doc = doc:walk { Image = described } end
  if jats then doc.blocks = below_heading(doc.blocks) end
  local authors = doc.meta['by-author']
  doc.meta.author = authors and pandoc.List(authors):map(author) or nil
  return doc
end
