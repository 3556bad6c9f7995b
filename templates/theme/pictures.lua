--- An easy-read picture and the text that it goes with: up to the next picture, the next heading, or
--- whatever takes the page's full width.
-- Runs after reading.lua.

local beside = pandoc.List {
  'Para', 'Plain', 'BulletList', 'OrderedList', 'DefinitionList', 'BlockQuote', 'LineBlock' }

local function is_picture(block)
  return block.t == 'Div' and block.classes:includes 'picture'
end

local function goes_beside(block)
  if block.t ~= 'Div' then return beside:includes(block.t) end
  return block.classes:includes 'quote' or block.classes:includes 'pull-quote'
end

--- No figure with a caption: Quarto would number it.
local function lone(div)
  if not (is_picture(div) or div.classes:includes 'recipient-logo') then return end
  return div:walk {
    Image = function(image)
      image.caption = pandoc.Inlines(image.attributes['fig-alt'] or image.caption)
      image.attributes['fig-alt'] = nil
      return image
    end,
    Para = function(para) return pandoc.Plain(para.content) end,
  }
end

local function grouped(blocks)
  local made, picture, text = pandoc.Blocks {}, nil, pandoc.Blocks {}
  local function close()
    if picture and #text > 0 then
      made:insert(pandoc.Div({ picture, pandoc.Div(text, { class = 'beside' }) }, { class = 'with-picture' }))
    elseif picture then
      made:insert(picture)
    end
    picture, text = nil, pandoc.Blocks {}
  end
  for _, block in ipairs(blocks) do
    if is_picture(block) then
      close()
      picture = block
    elseif picture and goes_beside(block) then
      text:insert(block)
    else
      close()
      made:insert(block)
    end
  end
  close()
  return made
end

function Pandoc(doc)
  return doc:walk { Div = lone }:walk { Blocks = grouped }
end
