--- Gives the columns of a table that fills the page widths that suit their content.
-- A pipe table's dashes say nothing about it, and neither Word nor Typst shares a page out well.

local docx = FORMAT == 'docx'

-- In characters:
local roomy = 90    -- what a line holds on every page; a narrower table keeps its natural widths
local gap = 3       -- between two columns, with what a bold heading needs
local longest = 24  -- a longer word is broken
local prose = 120   -- a longer text takes more lines and no more width
local lines = { review = 85, lay = 60 }  -- in Word, where each page is known
if docx then roomy, gap = 92, 2.3 end

-- Word may set a table in another font than ours: what a word takes there, and a bold one.
local spare, bold = docx and 1.25 or 1, docx and 1.4 or 1
local small = 1.25  -- what a line holds more of the small print that Word has for many columns

local function cells(tbl)
  local rows = pandoc.List {}
  rows:extend(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do rows:extend(body.body) end
  return rows
end

--- Letters are not of one width.
local function room(word)
  local _, narrow = word:gsub("[fijlrtI1.,;:()']", '')
  local _, wide = word:gsub('[mwMW]', '')
  return math.min(utf8.len(word) - .35 * narrow + .6 * wide, longest)
end

--- The longest text of each column, and what its longest word takes.
local function lengths(tbl)
  local texts, words = {}, {}
  for i in ipairs(tbl.colspecs) do texts[i], words[i] = 1, 1 end
  for number, row in ipairs(cells(tbl)) do
    local each = number <= #tbl.head.rows and bold or spare
    for i, cell in ipairs(row.cells) do
      local text = pandoc.utils.stringify(cell.contents)
      texts[i] = math.max(texts[i], utf8.len(text))
      for word in text:gmatch '%S+' do words[i] = math.max(words[i], room(word) * each) end
    end
  end
  return texts, words
end

--- Narrow columns keep what they need; where the line is too short, the widest give way.
local function cut_down(least, line)
  local order = {}
  for i in ipairs(least) do order[i] = i end
  table.sort(order, function(a, b)
    if least[a] == least[b] then return a < b end
    return least[a] < least[b]
  end)
  for place, i in ipairs(order) do
    least[i] = math.min(least[i], line / (#order - place + 1))
    line = line - least[i]
  end
end

local function share_out(tbl, line)
  local texts, words = lengths(tbl)
  local natural, least, wish, wishes = 0, {}, {}, 0
  for i, text in ipairs(texts) do
    natural = natural + text + gap
    least[i] = words[i] + gap
  end
  cut_down(least, line)
  for i, text in ipairs(texts) do
    wish[i] = math.max(math.min(text, prose) + gap - least[i], 0)
    wishes = wishes + wish[i]
  end
  local widths, total = {}, 0
  if natural <= line and docx then  -- Word would share a narrow table out by halves and thirds
    for i, text in ipairs(texts) do
      widths[i] = math.max(text * spare, words[i]) + gap
      total = total + widths[i]
    end
  elseif natural > line and wishes > 0 then
    local left = line
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

function Pandoc(doc)
  local line = roomy
  if docx then line = lines[pandoc.utils.stringify(doc.meta.look or '')] or line end
  return doc:walk { Table = function(tbl)
    return share_out(tbl, docx and #tbl.colspecs > 6 and line * small or line)
  end }
end
