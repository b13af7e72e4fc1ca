-- title: Biết được gì vào lúc nào
-- description: Các giá trị mà những bản tin lần lượt nêu cho cùng chỉ tiêu, địa bàn và kỳ: từ khi nào đến khi nào mỗi giá trị là số mới nhất. Chỉ hiện những kỳ có ít nhất hai lần nêu.
-- param indicator: Mã chỉ tiêu; để trống là mọi chỉ tiêu trong danh mục
-- param area: Mã địa bàn; để trống là mọi địa bàn
SELECT
  i.name AS "Chỉ tiêu",
  o.ref_area AS "Địa bàn",
  o.scope AS "Phạm vi",
  o.time_period AS "Kỳ",
  o.obs_value AS "Giá trị",
  o.unit_measure AS "Đơn vị",
  CASE o.obs_status WHEN 'A' THEN 'đã thực hiện' WHEN 'E' THEN 'ước tính' WHEN 'F' THEN 'kế hoạch' ELSE 'kế hoạch suy ra' END AS "Tình trạng",
  o.valid_from AS "Biết từ",
  o.valid_to AS "Đến",
  b.title AS "Bản tin",
  b.url AS "Địa chỉ"
FROM observations_history o
JOIN indicators i ON i.code = o.indicator
JOIN bulletins b ON b.id = o.bulletin_id
WHERE (o.indicator = :indicator OR (coalesce(:indicator, '') = '' AND i.generated = 0))
  AND (coalesce(:area, '') = '' OR o.ref_area = :area)
  AND EXISTS (SELECT 1 FROM observations_history n
    WHERE n.series_id = o.series_id AND n.time_period = o.time_period AND n.id <> o.id)
ORDER BY o.indicator, o.ref_area, o.scope, o.period_end, o.time_period, o.series_id, o.valid_from
LIMIT 1000
