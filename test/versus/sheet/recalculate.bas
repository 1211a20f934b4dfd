' Opens a workbook, gives every case one person more and computes the whole of it
' again, as often as it is told; writes the milliseconds of each time, then saves
' what came of it. Numbers come as texts: a macro address hands over nothing else.
Sub Recalculate(source As String, target As String, ticks As String, sheets As String, times As String)
  On Error GoTo Failed
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  filter(0).Name = "FilterName"
  filter(0).Value = "Calc MS Excel 2007 XML"
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  book.enableAutomaticCalculation(False)
  out = FreeFile
  Open ticks For Output As #out
  For i = 1 To CInt(times)
    begun = GetSystemTicks()
    For s = 1 To CInt(sheets)
      cell = book.Sheets.getByIndex(s).getCellRangeByName("B1")
      cell.Value = cell.Value + 1
    Next s
    book.calculateAll()
    Print #out, GetSystemTicks() - begun
  Next i
  Close #out
  book.storeToURL(target, filter())
  book.close(True)
  StarDesktop.terminate()
  Exit Sub
Failed:
  ' Without a window nobody would see the message that waits to be closed.
  Open ticks & ".error" For Output As #99
  Print #99, Error$ & " in line " & Erl
  Close #99
  StarDesktop.terminate()
End Sub
