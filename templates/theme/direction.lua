--- Right to left: columns are aligned by where a line starts and ends, works cited go their own way.
-- Runs after citeproc. Word takes start and end from the paragraph, so that its columns stay.

local swapped = { AlignLeft = 'AlignRight', AlignRight = 'AlignLeft', AlignDefault = 'AlignRight' }

local function from_the_right(tbl)
  tbl.colspecs = tbl.colspecs:map(function(column) return { swapped[column[1]] or column[1], column[2] } end)
  return tbl
end

--- Names and titles in Latin letters would be put in the order of the page, word by word.
local function work(div)
  if not div.classes:includes 'csl-entry' then return end
  div.attributes.dir = 'ltr'
  return div
end

function Pandoc(doc)
  if pandoc.utils.stringify(doc.meta.dir or '') ~= 'rtl' then return end
  local columns = FORMAT ~= 'docx' and from_the_right or nil
  return doc:walk { Table = columns, Div = work }
end
