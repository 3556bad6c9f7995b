--- Gives the columns of a table that fills the page widths that suit their content.
-- A pipe table's dashes say nothing about it, and neither Word nor Typst shares a page out well.

-- In characters:
local roomy = 90    -- what a line holds on every page; a narrower table keeps its natural widths
local gap = 3       -- between two columns, with what a bold heading needs
local longest = 24  -- a longer word is broken
local prose = 120   -- a longer text takes more lines and no more width

local function cells(tbl)
  local rows = pandoc.List {}
  rows:extend(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do rows:extend(body.body) end
  return rows
end

--- The longest text and the longest word of each column.
local function lengths(tbl)
  local texts, words = {}, {}
  for i in ipairs(tbl.colspecs) do texts[i], words[i] = 1, 1 end
  for _, row in ipairs(cells(tbl)) do
    for i, cell in ipairs(row.cells) do
      local text = pandoc.utils.stringify(cell.contents)
      texts[i] = math.max(texts[i], utf8.len(text))
      for word in text:gmatch '%S+' do words[i] = math.max(words[i], utf8.len(word)) end
    end
  end
  return texts, words
end

function Table(tbl)
  local texts, words = lengths(tbl)
  local natural, least, wish, wishes = 0, {}, {}, 0
  for i, text in ipairs(texts) do
    natural = natural + text + gap
    least[i] = math.min(words[i], longest) + gap
    wish[i] = math.max(math.min(text, prose) + gap - least[i], 0)
    wishes = wishes + wish[i]
  end
  local widths, total = {}, 0
  if natural > roomy and wishes > 0 then
    local left = roomy
    for i in ipairs(least) do left = left - least[i] end
    for i in ipairs(least) do
      widths[i] = least[i] + math.max(left, 0) * wish[i] / wishes
      total = total + widths[i]
    end
  end
  local i = 0
  tbl.colspecs = tbl.colspecs:map(function(column)
    i = i + 1
    -- pandoc would centre a plain column in Typst
    return { column[1] == 'AlignDefault' and 'AlignLeft' or column[1], widths[i] and widths[i] / total or nil }
  end)
  return tbl
end
