--- Quarto's web page with one heading at the top and no attribute where none may be.
-- Runs after Quarto has numbered sections and figures.

--- The page's one h1 is its title.
local function lower(header)
  header.level = header.level + 1
  return header
end

--- Quarto repeats an image's alternative text on the box around it.
local function without_alt(div)
  div.attributes.alt = nil
  return div
end

function Pandoc(doc)
  return doc:walk { Header = lower, Div = without_alt }
end
