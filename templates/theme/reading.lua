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

--- The first cell of a row names the row; `first` is 0 where it does not.
local function row_heads(first)
  return function(tbl)
    if #tbl.colspecs < 2 then return end
    for _, body in ipairs(tbl.bodies) do
      body.row_head_columns = first
      for _, row in ipairs(html and body.body or {}) do
        if row.cells[1] then row.cells[1].attributes.scope = first == 1 and 'row' or nil end
      end
    end
    for _, row in ipairs(html and tbl.head.rows or {}) do
      for _, cell in ipairs(row.cells) do cell.attributes.scope = 'col' end
    end
    return tbl
  end
end

local function no_row_heads(div)
  if div.classes:includes 'no-row-head' then return div:walk { Table = row_heads(0) } end
end

function Pandoc(doc)
  doc = doc:walk { Image = not quarto and describe or nil, Table = row_heads(1) }
  return doc:walk { Div = no_row_heads }
end
