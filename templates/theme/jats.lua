--- What pandoc's JATS writer leaves out: ids of table-wraps, attributions, the front matter's own fields.
-- Runs after authors.lua, crossref.lua and citeproc.

local stringify = pandoc.utils.stringify

local function written(blocks)
  return pandoc.write(pandoc.Pandoc(blocks), 'jats_publishing', { wrap_text = 'none' })
end

local function raw(text) return pandoc.RawBlock('jats', text) end

--- References point at the whole of a table with its caption, and not at its grid alone.
local function wrap_table(tbl)
  local id, notes = tbl.identifier, false
  tbl:walk { Note = function() notes = true end }
  if id == '' or notes then return end  -- notes are numbered through the article, which only pandoc can do
  tbl.attr = pandoc.Attr()
  return raw((written { tbl }:gsub('<table%-wrap>', '<table-wrap id="' .. id .. '">', 1)))
end

local ref_types = { tbl = 'table', fig = 'fig', sec = 'sec' }

local function cross_reference(link)
  if not link.classes:includes 'crossref' then return end
  local id = link.target:sub(2)
  local open = ('<xref ref-type="%s" rid="%s">'):format(ref_types[id:sub(1, 3)], id)
  return pandoc.Inlines { pandoc.RawInline('jats', open) } .. link.content ..
    pandoc.Inlines { pandoc.RawInline('jats', '</xref>') }
end

local function attribute(quote)
  local last = quote.content[#quote.content]
  local span = last and last.content and #last.content == 1 and last.content[1]
  if not (span and span.t == 'Span' and span.classes:includes 'attribution') then return end
  quote.content:remove()
  local words = written { pandoc.Plain(span.content) }
  quote.content:insert(raw('<attrib>' .. words:gsub('^%s*<p>(.*)</p>%s*$', '%1') .. '</attrib>'))
  return quote
end

local entities = { ['&'] = '&amp;', ['<'] = '&lt;', ['>'] = '&gt;' }

--- pandoc would write an alternative text as it stands.
local function escape(image)
  image.caption = pandoc.Inlines((stringify(image.caption):gsub('[&<>]', entities)))
  return image
end

--- A div that is there for the look of it would become a box of its own.
local function unwrap(div)
  if div.classes:includes 'picture' or div.classes:includes 'recipient-logo' then
    return div.content:map(function(plain) return pandoc.Para(plain.content) end)
  end
  local styled = div.identifier == '' and not div.attributes.lang
  return styled and div.content or nil
end

--- An explanation of a term is text like the rest, in its brackets.
local function unmark(span)
  local explains = span.classes:includes 'term-note' or span.classes:includes 'bracket'
  return explains and span.content or nil
end

local function date(value, kind)
  local year, month, day = stringify(value or ''):match '^(%d%d%d%d)-(%d%d)-(%d%d)$'
  return year and { kind = kind, year = year, month = month, day = day, iso = year .. '-' .. month .. '-' .. day }
end

local function front_matter(meta)
  local publication = meta.publication or {}
  meta.date = date(publication.published or meta.date)
  meta.history = pandoc.List { date(publication.received, 'received') }
  meta.history:insert(date(publication.accepted, 'accepted') or nil)
  if pandoc.utils.type(meta.abstract) == 'Inlines' then meta.abstract = pandoc.Blocks { pandoc.Para(meta.abstract) } end
  meta.article = {}
  local correspondence = pandoc.List()
  for i, author in ipairs(meta.author or {}) do
    if author.corresponding and author.email then
      author['cor-id'] = tostring(i)
      correspondence:insert { id = tostring(i), email = author.email }
    end
    author.email = nil
  end
  if #correspondence > 0 then meta.article['author-notes'] = { corresp = correspondence } end
  return meta
end

--- The abstract in another language belongs to the front; its title to that of the article.
-- It is told by its heading: Quarto takes the box around it away.
local function translated_abstracts(doc)
  local entries, rest, entry = pandoc.List(), pandoc.Blocks {}, nil
  local function sort_out(block)
    local first = block.content and block.content[1]
    local is_line = first and pandoc.utils.type(first) == 'Inline' and first.t == 'Span'
    if block.t == 'Header' and block.classes:includes 'of-translated-abstract' then
      entry = { lang = block.attributes.lang, heading = block.content, abstract = pandoc.Blocks {}, keywords = pandoc.List() }
      entries:insert(entry)
    elseif block.t == 'Header' or not entry then
      entry = nil
      rest:insert(block)
    elseif is_line and first.classes:includes 'translated-title' then
      entry.title = first.content
    elseif is_line and first.classes:includes 'keywords-label' then
      for _, span in ipairs(block.content) do
        if span.t == 'Span' and span.classes:includes 'keyword' then entry.keywords:insert(span.content) end
      end
    else
      entry.abstract:insert(block)
    end
  end
  for _, block in ipairs(doc.blocks) do
    local boxed = block.t == 'Div' and block.classes:includes 'translated-abstract'
    for _, inner in ipairs(boxed and block.content or { block }) do sort_out(inner) end
  end
  doc.meta['trans-abstracts'], doc.blocks = entries, rest
  return doc
end

function Pandoc(doc)
  doc = translated_abstracts(doc)
  doc = doc:walk { Link = cross_reference, BlockQuote = attribute, Table = wrap_table, Div = unwrap, Span = unmark, Image = escape }
  doc.meta = front_matter(doc.meta)
  return doc
end
