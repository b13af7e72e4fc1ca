-- title: Mâu thuẫn giữa các bản tin
-- description: Những giá trị đáng ngờ khi so các bản tin với nhau: cùng số liệu mà hai giá trị, lũy kế giảm, lệch bậc triệu và tỷ, phường cộng lại khác quận.
SELECT
  f.message AS "Diễn giải",
  CASE f.verdict WHEN 'fails' THEN 'không khớp' ELSE 'đáng ngờ' END AS "Kết luận",
  f.expected AS "Giá trị tính được",
  i.name AS "Chỉ tiêu",
  f.ref_area AS "Địa bàn",
  f.time_period AS "Kỳ",
  b.title AS "Bản tin",
  b.published AS "Ngày đăng",
  b.url AS "Địa chỉ"
FROM series_findings f
JOIN indicators i ON i.code = f.indicator
JOIN observations_history o ON o.id = f.observation
JOIN bulletins b ON b.id = o.bulletin_id
WHERE f.verdict IN ('fails', 'suspicious')
ORDER BY f.verdict, b.published DESC
LIMIT 500
