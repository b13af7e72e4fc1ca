-- title: Diễn biến một chỉ tiêu
-- description: Mọi giá trị đã biết của một chỉ tiêu ở một địa bàn theo thời gian, thực hiện và kế hoạch, kèm câu văn. Số thời kỳ có thể là lũy kế từ đầu năm: xem cột Từ ngày.
-- param indicator: Mã chỉ tiêu, ví dụ: dan_van_kheo (để trống cũng là mã này)
-- param area: Mã địa bàn; để trống là địa bàn có nhiều số liệu nhất
-- chart: g.mark=line&g.x_column=Đến ngày&g.x_type=temporal&g.y_column=Giá trị&g.y_type=quantitative&g.color_column=Tình trạng
WITH known AS (
  SELECT * FROM observations_history
  WHERE indicator = coalesce(nullif(:indicator, ''), 'dan_van_kheo') AND valid_to IS NULL AND scope = '' AND detail = ''
), wanted AS (
  SELECT coalesce(nullif(:area, ''), (SELECT ref_area FROM known GROUP BY ref_area ORDER BY count(*) DESC, ref_area LIMIT 1)) AS area
)
SELECT
  k.period_end AS "Đến ngày",
  k.obs_value AS "Giá trị",
  k.unit_measure AS "Đơn vị",
  CASE k.obs_status WHEN 'A' THEN 'đã thực hiện' WHEN 'E' THEN 'ước tính' WHEN 'F' THEN 'kế hoạch' ELSE 'kế hoạch suy ra' END AS "Tình trạng",
  k.period_start AS "Từ ngày",
  k.time_period AS "Kỳ",
  k.ref_area AS "Địa bàn",
  CASE WHEN k.era = 'across' THEN 'kỳ vắt qua ngày 01/7/2025: không so sánh được'
    WHEN k.era = 'after' THEN 'địa bàn từ 01/7/2025: không nối với chuỗi trước đó'
    WHEN k.conflicting > 0 THEN 'trong bài có giá trị khác' END AS "Lưu ý khi so sánh",
  (SELECT f.sentence FROM observation_mentions m JOIN figures f ON f.id = m.figure_id AND f.bulletin_id = m.bulletin_id
   WHERE m.observation_id = k.id AND m.agrees = 1 ORDER BY m.start LIMIT 1) AS "Câu văn",
  b.title AS "Bản tin",
  b.url AS "Địa chỉ"
FROM known k
JOIN wanted w ON w.area = k.ref_area
JOIN bulletins b ON b.id = k.bulletin_id
ORDER BY k.period_end, k.obs_status, k.time_period
LIMIT 1000
