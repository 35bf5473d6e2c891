/// Small model files as text, for tests and fuzzing.
enum ModelFileTexts {
  /// Two splits, by a number and by categories; a file of XGBoost 1.x.
  static let oldXGBoost = """
    {"learner":{"attributes":{"best_iteration":"0","best_score":"0.25","other":"x"},
    "gradient_booster":{"model":{"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"1",
    "size_leaf_vector":"0"},"tree_info":[0],"trees":[{"base_weights":[0.1,-0.2,3E-1,1,2],
    "categories":[1,3],"categories_nodes":[2],"categories_segments":[0],"categories_sizes":[2],
    "default_left":[true,false,false,false,false],"id":0,"left_children":[1,-1,3,-1,-1],
    "loss_changes":[5.5,0,1,0,0],"parents":[2147483647,0,0,2,2],
    "right_children":[2,-1,4,-1,-1],"split_conditions":[0.5,-0.25,1e-45,0.75,2],
    "split_indices":[0,0,1,0,0],"split_type":[0,0,1,0,0],"sum_hessian":[9,4,5,2,3],
    "tree_param":{"num_deleted":"0","num_feature":"2","num_nodes":"5","size_leaf_vector":"0"}}]},
    "name":"gbtree"},"learner_model_param":{"base_score":"5E-1","num_class":"0",
    "num_feature":"2"},"objective":{"name":"binary:logistic",
    "reg_loss_param":{"scale_pos_weight":"1"}}},"version":[1,7,6]}
    """

  /// The same splits of LightGBM: its categories go left.
  static let lightGBM = """
    tree
    version=v4
    num_class=1
    num_tree_per_iteration=1
    label_index=0
    max_feature_idx=1
    objective=binary sigmoid:2
    feature_names=size kind
    feature_infos=[-1.5:2] 3:1:0

    Tree=0
    num_leaves=3
    num_cat=1
    split_feature=0 1
    split_gain=5.5 1
    threshold=0.5 0
    decision_type=10 9
    left_child=-1 -2
    right_child=1 -3
    leaf_value=-0.25 2 0.75
    leaf_weight=4 3 2
    leaf_count=40 30 20
    internal_value=0.1 0.3
    internal_weight=9 5
    internal_count=90 50
    cat_boundaries=0 1
    cat_threshold=10
    is_linear=0
    shrinkage=0.1


    end of trees

    pandas_categorical:[["red", "green", "blue", "grey"]]
    """
}
