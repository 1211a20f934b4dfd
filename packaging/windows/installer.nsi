; The installer: for one user, without administrator rights. scripts/package gives
; VERSION (1.2.3), VERSION4 (1.2.3.0), STAGE (the prepared files), ICON and OUT.
Target amd64-unicode
Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include "MUI2.nsh"
!include "FileFunc.nsh"

!define APP "Atlas P2I"
!define CLASSES "Software\Classes"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\AtlasP2I"

Name "${APP}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "Software\AtlasP2I" "Folder"

VIProductVersion "${VERSION4}"
VIAddVersionKey "ProductName" "${APP}"
VIAddVersionKey "FileDescription" "${APP}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" ""

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\atlas-p2i.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Spanish"

LangString RUNNING ${LANG_FRENCH} "Atlas P2I est ouvert. Fermez-le, puis relancez l'installation."
LangString RUNNING ${LANG_ENGLISH} "Atlas P2I is open. Close it, then start the installation again."
LangString RUNNING ${LANG_SPANISH} "Atlas P2I está abierto. Ciérrelo y vuelva a iniciar la instalación."

LangString PACK ${LANG_FRENCH} "Règles Atlas P2I"
LangString PACK ${LANG_ENGLISH} "Atlas P2I rules"
LangString PACK ${LANG_SPANISH} "Reglas Atlas P2I"
LangString BUNDLE ${LANG_FRENCH} "Dossiers Atlas P2I d'un autre poste"
LangString BUNDLE ${LANG_ENGLISH} "Atlas P2I files of another laptop"
LangString BUNDLE ${LANG_SPANISH} "Expedientes Atlas P2I de otro equipo"

; Opens EXTENSION with the program, under the name CLASS that people read as LABEL.
!macro Associate EXTENSION CLASS LABEL
  WriteRegStr HKCU "${CLASSES}\${CLASS}" "" "${LABEL}"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\DefaultIcon" "" "$INSTDIR\atlas-p2i.exe,0"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\shell\open\command" "" '"$INSTDIR\atlas-p2i.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\${EXTENSION}" "" "${CLASS}"
!macroend

; Takes back what Associate wrote, unless another program has the extension now.
!macro Dissociate EXTENSION CLASS
  ReadRegStr $0 HKCU "${CLASSES}\${EXTENSION}" ""
  StrCmp $0 "${CLASS}" 0 +2
  DeleteRegKey HKCU "${CLASSES}\${EXTENSION}"
  DeleteRegKey HKCU "${CLASSES}\${CLASS}"
!macroend

; The explorer reads the associations again.
!define CHANGED 'System::Call "shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)"'

Section
  SetOutPath "$INSTDIR"
  ; A program that runs cannot be replaced: say so before anything is half done.
  ClearErrors
  IfFileExists "$INSTDIR\atlas-p2i.exe" 0 +4
  FileOpen $0 "$INSTDIR\atlas-p2i.exe" a
  IfErrors running
  FileClose $0

  File "${STAGE}\atlas-p2i.exe"
  File "${STAGE}\LICENCES.txt"
  SetOutPath "$INSTDIR\samples"
  File "${STAGE}\samples\*.json"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\atlas-p2i.exe"

  !insertmacro Associate ".atlaspack" "AtlasP2I.pack" "$(PACK)"
  !insertmacro Associate ".atlasbundle" "AtlasP2I.bundle" "$(BUNDLE)"
  ${CHANGED}

  WriteRegStr HKCU "Software\AtlasP2I" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\atlas-p2i.exe"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
  Goto done

running:
  SetErrorLevel 2
  MessageBox MB_OK|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDOK
  Abort
done:
SectionEnd

; What the user recorded stays: it is in the profile, or in the folder data, and
; only files that were installed are named here.
Section "Uninstall"
  Delete "$INSTDIR\atlas-p2i.exe"
  Delete "$INSTDIR\LICENCES.txt"
  Delete "$INSTDIR\samples\*.json"
  RMDir "$INSTDIR\samples"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${APP}.lnk"
  !insertmacro Dissociate ".atlaspack" "AtlasP2I.pack"
  !insertmacro Dissociate ".atlasbundle" "AtlasP2I.bundle"
  ${CHANGED}
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "Software\AtlasP2I"
SectionEnd
