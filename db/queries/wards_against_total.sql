-- title: Từng phường bên cạnh tổng của quận
-- description: Một chỉ tiêu theo từng phường, xã trong một kỳ, với tổng cấp phường và số toàn quận mà bản tin nêu, và phần chênh giữa tổng nêu và tổng cộng được.
-- param indicator: Mã chỉ tiêu, ví dụ: doi_thoai (để trống cũng là mã này)
-- param area: Mã địa bàn cấp trên, ví dụ: 99.quan-hai-linh; để trống là mọi nơi
-- param end: Ngày cuối của kỳ, ví dụ: 2023-09-30; để trống là mọi kỳ
-- chart: g.mark=bar&g.x_column=Phường&g.x_type=nominal&g.y_column=Giá trị&g.y_type=quantitative
WITH ward AS (
  SELECT o.*, rtrim(rtrim(o.ref_area, replace(o.ref_area, '.', '')), '.') AS parent
  FROM observations o
  WHERE o.indicator = coalesce(nullif(:indicator, ''), 'doi_thoai')
    AND o.scope = '' AND o.detail = '' AND o.obs_status IN ('A', 'E')
    AND (coalesce(:end, '') = '' OR o.period_end = :end)
)
SELECT
  w.time_period AS "Kỳ",
  w.ref_area AS "Phường",
  w.obs_value AS "Giá trị",
  sum(w.obs_value) OVER same AS "Cộng các phường",
  (SELECT t.obs_value FROM observations t WHERE t.indicator = w.indicator AND t.ref_area = w.parent AND t.scope = 'cấp phường'
    AND t.detail = '' AND t.time_period = w.time_period AND t.unit_measure = w.unit_measure AND t.obs_status IN ('A', 'E')) AS "Tổng cấp phường nêu",
  (SELECT t.obs_value FROM observations t WHERE t.indicator = w.indicator AND t.ref_area = w.parent AND t.scope = ''
    AND t.detail = '' AND t.time_period = w.time_period AND t.unit_measure = w.unit_measure AND t.obs_status IN ('A', 'E')) AS "Toàn quận nêu",
  count(*) OVER same AS "Số phường có số liệu",
  w.unit_measure AS "Đơn vị",
  w.comparability AS "Lưu ý khi so sánh",
  CASE w.correction WHEN 'corrected' THEN 'đã sửa theo đính chính' END AS "Đính chính",
  w.title AS "Bản tin",
  w.url AS "Địa chỉ"
FROM ward w
WHERE w.parent <> '' AND instr(w.parent, '.') > 0 AND (coalesce(:area, '') = '' OR w.parent = :area)
WINDOW same AS (PARTITION BY w.parent, w.time_period, w.unit_measure)
ORDER BY w.period_end, w.parent, w.time_period, w.ref_area
LIMIT 1000
