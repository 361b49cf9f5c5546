"""The names of sections without a number, in both scripts: what a heading may say, and what stands below it."""

from __future__ import annotations

_OF_BEGINNINGS = "前言 序 自序 代序 序言 引言 緒論 绪论 緒言 绪言 導言 导言 導論 导论 楔子 凡例 Introduction"  # what a text begins with
# What it ends with, and its smaller parts.
_OF_TEXT = (
    "年表 附錄 附录 "
    "結論 结论 結語 结语 結束語 结束语 餘論 余论 餘音 余音 餘話 余话 尾聲 尾声 後記 后记 跋 "
    "致謝 致谢 謝辭 谢辞 誌謝 志謝 志谢 謝誌 Conclusion Conclusions Acknowledgements"
)
_OF_CHAPTERS = "小結 小结 本章小結 本章小结"  # what a chapter ends with
_OF_WORKS = (
    "參考文獻 参考文献 參考書目 参考书目 書目 书目 徵引書目 徵引文獻 征引文献 引用書目 引用文獻 引用文献 參考資料 参考资料 "
    "References Bibliography"
)
_OF_NOTES = "注釋 註釋 注释 Notes"
_OF_NOTES_ALONE = "注 註 尾註 尾注 註解 注解 附註 附注 NOTES"  # anywhere else such a word is no heading
# Behind their texts some books call the notes their works.
_OF_CITED = "參考文獻 参考文献"
# Printers set these with spaces, too; most of them stand above no text, or are words of it.
_LETTERSPACED = (
    "引論 引论 總結 总结 目錄 目录 目次 摘要 提要 附記 附记 討論 讨论 分析 背景 方法 序論 序论 概論 概论 總論 总论 索引 "
    "關鍵詞 关键词 關鍵字 关键字 文獻回顧"
)

FIRST_NAMES = frozenset(_OF_BEGINNINGS.split())
SUMMARY_NAMES = frozenset(_OF_CHAPTERS.split())
HEADING_NAMES = FIRST_NAMES | SUMMARY_NAMES | frozenset(f"{_OF_TEXT} {_OF_WORKS} {_OF_NOTES}".split())
NOTE_HEADS = frozenset(f"{_OF_NOTES} {_OF_NOTES_ALONE} {_OF_CITED}".split())
LETTERSPACED_NAMES = HEADING_NAMES | NOTE_HEADS | frozenset(_LETTERSPACED.split())
