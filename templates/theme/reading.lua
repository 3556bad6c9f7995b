--- What a reader hears: alternative texts, and which cells head a row or column.
-- Runs before crossref.lua.

local html = FORMAT:match 'html'

--- The alternative text is Quarto's fig-alt; pandoc's writers take it from an image's own text.
local function describe(image)
  local alt = image.attributes['fig-alt']
  if not alt then return end
  image.attributes['fig-alt'] = nil
  image.caption = pandoc.Inlines(alt)
  return image
end

local function is_empty(cell) return pandoc.utils.stringify(cell.contents) == '' end

--- A head that stands once for several rows: the blanks below it are its own.
local function spread(rows)
  local head
  for _, row in ipairs(rows) do
    if head and is_empty(row.cells[1]) then
      head.row_span = head.row_span + 1
      row.cells:remove(1)
    else
      head = row.cells[1]
      head.attributes.scope = 'row'
    end
  end
end

--- The first cell of a row names the row, where `wanted` and where the first row has one that does.
local function row_heads(wanted)
  return function(tbl)
    if #tbl.colspecs < 2 then return end
    for _, body in ipairs(tbl.bodies) do
      local first = body.body[1]
      local heads = wanted and first and not is_empty(first.cells[1])
      body.row_head_columns = heads and 1 or 0
      if html and heads then spread(body.body) end
    end
    for _, row in ipairs(html and tbl.head.rows or {}) do
      for _, cell in ipairs(row.cells) do cell.attributes.scope = 'col' end
    end
    return tbl
  end
end

local function no_row_heads(div)
  if div.classes:includes 'no-row-head' then return div:walk { Table = row_heads(false) }, false end
end

function Pandoc(doc)
  if not quarto then doc = doc:walk { Image = describe } end
  return doc:walk { traverse = 'topdown', Div = no_row_heads, Table = row_heads(true) }
end
