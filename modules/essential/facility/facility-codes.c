/* SPDX-License-Identifier: Apache-2.0 */
/* The catalogue an office begins with, until the official one of CJJ/T 257 is loaded. Data only. */

#include "facility-records.h"

const char facility_counted[] = "计算受益范围";

#define PART(code, name)                                                                                    \
        { FACILITY_PART, code, name }
#define EQUIPMENT(code, name)                                                                               \
        { FACILITY_EQUIPMENT, code, name }

const CataloguePreset facility_catalogue[] = {
        PART("01", "主体承重结构"),
        PART("0101", "基础"),
        PART("0102", "承重墙体"),
        PART("0103", "柱"),
        PART("0104", "梁"),
        PART("0105", "楼板"),
        PART("02", "屋面"),
        PART("0201", "屋面防水层"),
        PART("0202", "屋面保温隔热层"),
        PART("0203", "天沟、落水管"),
        PART("03", "外墙"),
        PART("0301", "外墙饰面"),
        PART("0302", "外墙保温层"),
        PART("0303", "外墙防水"),
        PART("0304", "公共外窗"),
        PART("04", "公共空间"),
        PART("0401", "门厅"),
        PART("0402", "楼梯间"),
        PART("0403", "走廊通道"),
        PART("0404", "公共门窗"),
        PART("0405", "地下室公共部位"),
        PART("05", "附属场地"),
        PART("0501", "道路"),
        PART("0502", "绿地"),
        PART("0503", "围墙、大门"),
        PART("0504", "非经营性车场车库"),
        EQUIPMENT("01", "电梯"),
        EQUIPMENT("0101", "曳引机"),
        EQUIPMENT("0102", "控制系统"),
        EQUIPMENT("0103", "轿厢与门系统"),
        EQUIPMENT("0104", "钢丝绳"),
        EQUIPMENT("02", "给水系统"),
        EQUIPMENT("0201", "水泵"),
        EQUIPMENT("0202", "水箱、水池"),
        EQUIPMENT("0203", "给水管网"),
        EQUIPMENT("03", "排水系统"),
        EQUIPMENT("0301", "排水管道"),
        EQUIPMENT("0302", "污水泵、化粪池"),
        EQUIPMENT("04", "消防系统"),
        EQUIPMENT("0401", "火灾自动报警系统"),
        EQUIPMENT("0402", "消火栓系统"),
        EQUIPMENT("0403", "自动喷水灭火系统"),
        EQUIPMENT("0404", "防排烟系统"),
        EQUIPMENT("0405", "应急照明与疏散指示"),
        EQUIPMENT("05", "供配电与照明"),
        EQUIPMENT("0501", "配电设备"),
        EQUIPMENT("0502", "公共照明、路灯"),
        EQUIPMENT("0503", "防雷接地"),
        EQUIPMENT("06", "安全防范系统"),
        EQUIPMENT("0601", "视频监控"),
        EQUIPMENT("0602", "门禁对讲"),
        EQUIPMENT("07", "供暖通风系统"),
        EQUIPMENT("08", "有线电视与通信管线"),
        EQUIPMENT("09", "公益性文体设施"),
        EQUIPMENT("10", "无障碍设施"),
        { 0, NULL, NULL },
};
