--- Numbers sections, tables and figures and turns @sec-, @tbl- and @fig- into linked text.
-- Runs before citeproc, to which those labels would be unknown works.
-- Numbering and wording are Quarto's: "Table 1: caption", "Section 3.1", a bracket joined by commas.

local jats = FORMAT:match 'jats'
local nbsp = '\u{a0}'

-- label → { kind, number, title: a section's text }
local entries = {}
local problems = pandoc.List()
local words        -- the front matter's crossref map
local numbered     -- whether sections have numbers

--- "Table", "Figure", "Section" in the document's own language.
local function word(kind, use)
  local found = words[kind .. '-' .. use] or words[kind .. '-title'] or words[kind .. '-prefix']
  if found then return pandoc.utils.stringify(found) end
  problems:insert('no crossref.' .. kind .. '-' .. use .. ' in the front matter')
  return kind
end

local function enter(label, entry)
  if entries[label] then problems:insert('two elements are labelled ' .. label) end
  entries[label] = entry
end

-- Numbering

local depths = {}

local function number_section(header)
  local label = header.identifier
  if not numbered or header.classes:includes 'unnumbered' then
    if label:match '^sec%-' then enter(label, { kind = 'sec', title = header.content }) end
    return
  end
  depths[header.level] = (depths[header.level] or 0) + 1
  for level = header.level + 1, 6 do depths[level] = 0 end
  local number = {}
  for level = 1, header.level do number[level] = depths[level] or 0 end
  local entry = { kind = 'sec', number = table.concat(number, '.') }
  local shown = pandoc.Inlines { pandoc.Str(entry.number) }
  if label:match '^sec%-' then enter(label, entry) end
  if not jats then shown = { pandoc.Span(shown, { class = 'header-section-number' }) } end
  header.content = shown .. pandoc.Inlines { pandoc.Space() } .. header.content
  return header
end

local counts = { tbl = 0, fig = 0 }

--- "Table 1: " in front of a caption.
local function number_caption(label, caption)
  local kind = label:sub(1, 3)
  counts[kind] = counts[kind] + 1
  local number = tostring(counts[kind])
  enter(label, { kind = kind, number = number })
  local shown = pandoc.Inlines { pandoc.Str(word(kind, 'title') .. nbsp .. number) }
  if caption[1] then shown:insert(pandoc.Str ':') end
  if not jats then shown = pandoc.Inlines { pandoc.Span(shown, { class = 'caption-label' }) } end
  if caption[1] then
    shown:insert(pandoc.Space())
    shown:extend(caption[1].content)
  end
  return pandoc.Blocks { pandoc.Plain(shown) } .. pandoc.Blocks { table.unpack(caption, 2) }
end

local function number_figure(figure)
  if not figure.identifier:match '^fig%-' then return end
  figure.caption.long = number_caption(figure.identifier, figure.caption.long)
  return figure
end

local function number_table(tbl)
  if not tbl.identifier:match '^tbl%-' then return end
  tbl.caption.long = number_caption(tbl.identifier, tbl.caption.long)
  return tbl
end

--- Quarto's own form: a div that bears the table's label and classes and ends in its caption.
local function number_table_div(div)
  local label, blocks = div.identifier, div.content:clone()
  if not label:match '^tbl%-' then return end
  local tbl, at = blocks:find_if(function(block) return block.t == 'Table' end)
  if not tbl then
    problems:insert(label .. ' holds no table')
    return
  end
  if #blocks > at and blocks[#blocks].t == 'Para' then tbl.caption.long = { blocks:remove() } end
  tbl.attr = pandoc.Attr(label, div.classes, div.attributes)
  blocks[at] = number_table(tbl)
  return blocks, false
end

-- References

local function reference(citation)
  local entry = entries[citation.id]
  if not entry then
    problems:insert('unresolved reference @' .. citation.id)
    return {}
  end
  local text
  if not entry.number then  -- an unnumbered section goes by its title
    text = entry.title
  else
    local bare = citation.mode == 'SuppressAuthor'
    local before = citation.prefix
    if #before == 0 and not bare then before = pandoc.Inlines { pandoc.Str(word(entry.kind, 'prefix')) } end
    if #before > 0 then before:insert(pandoc.Str(nbsp)) end
    text = before .. pandoc.Inlines { pandoc.Str(entry.number) }
  end
  text = pandoc.Link(text, '#' .. citation.id, '', { class = 'crossref' })
  return pandoc.Inlines { text } .. citation.suffix
end

local function is_label(citation)
  return citation.id:match '^sec%-' or citation.id:match '^tbl%-' or citation.id:match '^fig%-'
end

local function resolve(cite)
  local labels = cite.citations:filter(is_label)
  if #labels == 0 then return end
  if #labels < #cite.citations then
    problems:insert('one bracket holds works and labels: @' .. labels[1].id)
    return
  end
  local text = pandoc.Inlines {}
  for i, citation in ipairs(labels) do
    if i > 1 then text:extend { pandoc.Str ',', pandoc.Space() } end
    text:extend(reference(citation))
  end
  return text
end

function Pandoc(doc)
  words = doc.meta.crossref or {}
  numbered = doc.meta['number-sections']
  doc = doc:walk {
    traverse = 'topdown',
    Header = number_section, Div = number_table_div, Table = number_table, Figure = number_figure,
  }
  doc = doc:walk { Cite = resolve }
  if #problems > 0 then error(table.concat(problems, '; '), 0) end
  return doc
end
