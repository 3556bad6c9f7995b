--- Quotation marks of the document's language: pandoc's writers set English ones.
-- Runs after citeproc, whose marks are those of the language already.

function Pandoc(doc)
  local marks = doc.meta['quotation-marks']
  if not marks then return end
  local outer_open, outer_close, inner_open, inner_close = table.unpack(marks:map(pandoc.utils.stringify))
  return doc:walk {
    Quoted = function(quoted)
      local double = quoted.quotetype == 'DoubleQuote'
      local open, close = double and outer_open or inner_open, double and outer_close or inner_close
      return pandoc.Inlines { pandoc.Str(open) } .. quoted.content .. pandoc.Inlines { pandoc.Str(close) }
    end,
  }
end
