-- title: Tìm số liệu
-- description: Tìm trong nội dung và câu văn của số liệu; gõ có dấu hay không dấu, chữ hoa hay chữ thường đều được. Đặt cụm từ trong ngoặc kép để tìm đúng cụm; thêm dấu * để tìm phần đầu của từ.
-- param q: Từ cần tìm, ví dụ: đối thoại
SELECT
  v.quote AS "Số liệu",
  v.unit AS "Đơn vị",
  v.subject AS "Nội dung",
  v.scope AS "Phạm vi",
  v.period_start AS "Từ ngày",
  v.period_end AS "Đến ngày",
  v.sentence AS "Câu văn",
  v.title AS "Bản tin",
  v.published AS "Ngày đăng",
  v.url AS "Địa chỉ",
  v.id AS "Mã số liệu"
FROM figures_full v
WHERE v.key IN (SELECT rowid FROM figures_fts WHERE figures_fts MATCH match_expression(:q))
ORDER BY v.published DESC, v.start
LIMIT 500
