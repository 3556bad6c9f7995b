--- Where sections have no numbers, Quarto would refer to them by one, and Typst refuses to.
-- Runs before Quarto's own filters. A reference becomes the section's title, as in crossref.lua.

local titles = {}  -- label → the text of a section without a number

local function note_title(numbered)
  return function(header)
    if numbered and not header.classes:includes 'unnumbered' then return end
    if header.identifier:match '^sec%-' then titles[header.identifier] = header.content end
  end
end

local function is_titled(citation) return titles[citation.id] ~= nil end

local function reference(citation)
  local text = titles[citation.id]:clone()
  return pandoc.Inlines { pandoc.Link(text, '#' .. citation.id, '', { class = 'crossref' }) } .. citation.suffix
end

local function resolve(cite)
  local text = pandoc.Inlines {}
  for i, citation in ipairs(cite.citations) do
    if not is_titled(citation) then return end  -- numbered, or a work: Quarto's
    if i > 1 then text:extend { pandoc.Str ',', pandoc.Space() } end
    text:extend(reference(citation))
  end
  return text
end

function Pandoc(doc)
  doc:walk { Header = note_title(doc.meta['numbered-sections']) }
  return doc:walk { Cite = resolve }
end
