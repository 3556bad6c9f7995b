--- Where sections have no numbers, Quarto would refer to them by one, and Typst refuses to: a
--- reference becomes the section's title, as in crossref.lua. Marks the heading of the works cited.
-- Runs before Quarto's own filters.

local titles = {}  -- label → the text of a section without a number

local function note_title(numbered)
  return function(header)
    if numbered and not header.classes:includes 'unnumbered' then return end
    if header.identifier:match '^sec%-' then titles[header.identifier] = header.content end
  end
end

local function is_label(citation)
  return citation.id:match '^sec%-' or citation.id:match '^tbl%-' or citation.id:match '^fig%-'
end

--- A link to a section by its title; else Quarto's to word, but for a suffix, which it would drop.
local function reference(citation)
  local suffix, title = citation.suffix, titles[citation.id]
  citation.suffix = {}
  local text = title and pandoc.Link(title:clone(), '#' .. citation.id, '', { class = 'crossref' })
    or pandoc.Cite({}, { citation })
  return pandoc.Inlines { text } .. suffix
end

local function resolve(cite)
  local ours = cite.citations:find_if(function(c) return titles[c.id] or #c.suffix > 0 end)
  if not ours or #cite.citations:filter(is_label) < #cite.citations then return end
  local text = pandoc.Inlines {}
  for i, citation in ipairs(cite.citations) do
    if i > 1 then text:extend { pandoc.Str ',', pandoc.Space() } end
    text:extend(reference(citation))
  end
  return text
end

--- Quarto takes the works out from under their heading in JATS; restore.lua puts them back.
local function mark_heading(doc)
  for i, block in ipairs(doc.blocks) do
    local after = doc.blocks[i + 1]
    if block.t == 'Header' and after and after.t == 'Div' and after.identifier == 'refs' then
      block.classes:insert 'of-references'
    end
  end
end

function Pandoc(doc)
  if FORMAT:match 'jats' then mark_heading(doc) end
  doc:walk { Header = note_title(doc.meta['numbered-sections']) }
  return doc:walk { Cite = resolve }
end
